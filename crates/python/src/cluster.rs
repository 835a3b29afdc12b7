//! What a cluster needs of the stages, where one machine does not have all articles: sketches that travel, and stories
//! of sketches alone. In: articles, or sketches. Out: columns.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{BinaryBuilder, ListBuilder, PrimitiveBuilder};
use arrow_array::types::Int64Type;
use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, Field, Schema};
use crossread::model::ArticleId;
use crossread::{Grouper, Settings, Sketch, order, story_id};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

use crate::engine::Engine;
use crate::error::{InputError, told};
use crate::given::{Given, open};
use crate::report::skipped_json;
use crate::table::{Table, failed};
use crate::work;

/// Articles to sketches: id, order in time, day since 1970, sampled hashes of passages, the sketch; with what gave no
/// article, as JSON.
#[pyfunction]
pub(crate) fn sketches(
    py: Python<'_>,
    engine: PyRef<'_, Engine>,
    given: Vec<Given>,
) -> PyResult<(Table, String)> {
    let engine = engine.shared();
    work::run(py, None, move |progress| {
        let (articles, skipped) = engine.articles(open(given), progress);
        let sketches = engine.sketches(&articles);
        let mut ids = Vec::new();
        let (mut orders, mut days) = (Vec::new(), Vec::new());
        let mut shingles = ListBuilder::new(PrimitiveBuilder::<Int64Type>::new());
        let mut bytes = BinaryBuilder::new();
        for (article, sketch) in articles.iter().zip(&sketches) {
            let Ok(saved) = sketch.save() else { continue };
            ids.push(article.id.to_string());
            orders.push(order(article).0);
            days.push(sketch.day().map(i64::from));
            // The same bits: a hash has no sign.
            let hashes = sketch
                .shingles()
                .iter()
                .map(|&hash| Some(hash.cast_signed()));
            shingles.append_value(hashes);
            bytes.append_value(saved);
        }
        let columns: [(&str, ArrayRef, bool); 5] = [
            ("article_id", Arc::new(StringArray::from(ids)), false),
            ("order", Arc::new(Int64Array::from(orders)), false),
            ("day", Arc::new(Int64Array::from(days)), true),
            ("shingles", Arc::new(shingles.finish()), false),
            ("sketch", Arc::new(bytes.finish()), false),
        ];
        Ok((framed(columns)?, skipped_json(&skipped)))
    })?
    .map_err(|error: ArrowError| failed(&error))
}

fn framed<const N: usize>(columns: [(&str, ArrayRef, bool); N]) -> Result<Table, ArrowError> {
    let field = |(name, column, null): &(&str, ArrayRef, bool)| {
        Field::new(*name, column.data_type().clone(), *null)
    };
    let schema = Arc::new(Schema::new(
        columns.iter().map(field).collect::<Vec<Field>>(),
    ));
    let arrays = columns.into_iter().map(|(_, column, _)| column).collect();
    let batch = RecordBatch::try_new(schema.clone(), arrays);
    Table::held(schema, [batch])
}

/// Stories of articles from their sketches alone, which come in order of time, then id. Gives for each article, in that
/// order, its story's id, that of the earlier article that it nearly repeats, and of the earlier story that its story
/// goes on from.
#[pyfunction]
#[allow(clippy::type_complexity, reason = "three columns")]
pub(crate) fn stories(
    py: Python<'_>,
    ids: Vec<String>,
    sketches: Vec<PyBackedBytes>,
) -> PyResult<(Vec<String>, Vec<Option<String>>, Vec<Option<String>>)> {
    if ids.len() != sketches.len() {
        return Err(InputError::new_err("as many ids as sketches are needed"));
    }
    let made = work::run(py, None, move |progress| {
        let mut grouper = Grouper::new(Settings::default());
        let mut repeats = Vec::with_capacity(ids.len());
        for (at, bytes) in sketches.iter().enumerate() {
            let sketch = Sketch::restore(bytes)
                .map_err(|error| format!("the sketch of article {}: {}", ids[at], told(&error)))?;
            let placed = grouper.add(&sketch);
            repeats.push(placed.repeats.and_then(|of| ids.get(of as usize).cloned()));
            progress.advance(1);
        }
        grouper.repair();
        let links = grouper.links();
        let named = |story: u32| {
            let (founder, nth) = grouper.name_of(story)?;
            Some(story_id(&ArticleId::new(ids.get(founder as usize)?), nth))
        };
        let earlier: HashMap<u32, u32> = links
            .into_iter()
            .map(|link| (link.story, link.earlier))
            .collect();
        let of = |at: usize| grouper.story_of(at as u32);
        let stories = (0..ids.len())
            .map(|at| of(at).and_then(named).unwrap_or_default())
            .collect();
        let goes_on = (0..ids.len())
            .map(|at| named(*earlier.get(&of(at)?)?))
            .collect();
        Ok((stories, repeats, goes_on))
    })?;
    made.map_err(|error: String| InputError::new_err(error))
}
