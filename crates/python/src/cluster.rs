//! What a cluster needs of the stages, where one machine does not have all articles: sketches that travel, and stories
//! of sketches alone. In: articles, or sketches. Out: columns.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use arrow_array::builder::{BinaryBuilder, ListBuilder, PrimitiveBuilder};
use arrow_array::types::{Float32Type, Int32Type, Int64Type};
use arrow_array::{ArrayRef, Int32Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, Field, Schema};
use crossread::model::ArticleId;
use crossread::{Elsewhere, Grouper, Settings, Sketch, StateError, order, story_id};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

use crate::engine::Engine;
use crate::error::{InputError, told};
use crate::given::{Given, open};
use crate::report::skipped_json;
use crate::table::{Table, failed};
use crate::work;

/// Terms of a sketch that tell with which others it must be looked at: two reports of one event share one of so many.
const TERMS: usize = 20;

/// Articles to sketches: id, order in time, day since 1970, language, sampled hashes of passages, the terms that weigh
/// most with their weights, the sketch; with what gave no article, as JSON.
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
        let (mut orders, mut days, mut languages) = (Vec::new(), Vec::new(), Vec::new());
        let mut terms = ListBuilder::new(PrimitiveBuilder::<Int32Type>::new());
        let mut weights = ListBuilder::new(PrimitiveBuilder::<Float32Type>::new());
        let mut shingles = ListBuilder::new(PrimitiveBuilder::<Int64Type>::new());
        let mut bytes = BinaryBuilder::new();
        for (article, sketch) in articles.iter().zip(&sketches) {
            let Ok(saved) = sketch.save() else { continue };
            ids.push(article.id.to_string());
            orders.push(order(article).0);
            days.push(sketch.day().map(i64::from));
            languages.push(article.language.clone());
            // The same bits: a hash has no sign.
            let heaviest = sketch.heaviest(TERMS);
            terms.append_value(heaviest.iter().map(|(term, _)| Some(term.cast_signed())));
            weights.append_value(heaviest.iter().map(|&(_, weight)| Some(weight)));
            let hashes = sketch
                .shingles()
                .iter()
                .map(|&hash| Some(hash.cast_signed()));
            shingles.append_value(hashes);
            bytes.append_value(saved);
        }
        let columns: [(&str, ArrayRef, bool); 8] = [
            ("article_id", Arc::new(StringArray::from(ids)), false),
            ("order", Arc::new(Int64Array::from(orders)), false),
            ("day", Arc::new(Int64Array::from(days)), true),
            ("language", Arc::new(StringArray::from(languages)), true),
            ("shingles", Arc::new(shingles.finish()), false),
            ("terms", Arc::new(terms.finish()), false),
            ("weights", Arc::new(weights.finish()), false),
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

/// What is known of a stream of which one part is here: how many texts it has, on how many of them the terms were
/// counted, the counts (term and count, each four bytes, the lower first), and for each article here how many texts
/// come before it in the whole.
type Whole = (u32, u32, PyBackedBytes, Vec<u32>);

/// Stories of articles from their sketches alone, which come in order of time, then id. Gives for each article, in that
/// order, its story's id, that of the earlier article that it nearly repeats, and of the earlier story that its story
/// goes on from.
#[pyfunction]
#[pyo3(signature = (ids, sketches, whole = None))]
#[allow(clippy::type_complexity, reason = "three columns")]
pub(crate) fn stories(
    py: Python<'_>,
    ids: Vec<String>,
    sketches: Vec<PyBackedBytes>,
    whole: Option<Whole>,
) -> PyResult<(Vec<String>, Vec<Option<String>>, Vec<Option<String>>)> {
    if ids.len() != sketches.len() {
        return Err(InputError::new_err("as many ids as sketches are needed"));
    }
    let made = work::run(py, None, move |progress| {
        let mut grouper = Grouper::new(Settings::default());
        let mut repeats = Vec::with_capacity(ids.len());
        let mut sketches: Vec<Sketch> = restored(&sketches, &ids)?;
        let mut before = Vec::new();
        if let Some((texts, sample, counts, places)) = whole {
            let counts = counts.chunks_exact(8).map(|pair| {
                let number =
                    |at: usize| u32::from_le_bytes([0, 1, 2, 3].map(|byte| pair[at + byte]));
                (number(0), number(4))
            });
            grouper.beside(Elsewhere::new(texts, sample, counts, &sketches));
            before = places;
        }
        for (at, sketch) in sketches.drain(..).enumerate() {
            if let Some(&before) = before.get(at) {
                grouper.passed(before.saturating_sub(at as u32));
            }
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

/// Sketches from their bytes.
fn restored(sketches: &[PyBackedBytes], ids: &[String]) -> Result<Vec<Sketch>, String> {
    let one = |(at, bytes): (usize, &PyBackedBytes)| {
        let named = |error: StateError| {
            let id = ids.get(at).map_or("?", String::as_str);
            format!("the sketch of article {id}: {}", told(&error))
        };
        Sketch::restore(bytes).map_err(named)
    };
    sketches.iter().enumerate().map(one).collect()
}

/// In how many of some sketches each term stands: term, count.
#[pyfunction]
pub(crate) fn term_counts(py: Python<'_>, sketches: Vec<PyBackedBytes>) -> PyResult<Table> {
    let made = work::run(py, None, move |_| {
        let mut counts: BTreeMap<u32, i64> = BTreeMap::new();
        for sketch in restored(&sketches, &[])? {
            for term in sketch.terms() {
                *counts.entry(term).or_default() += 1;
            }
        }
        let terms: Vec<i32> = counts.keys().map(|term| term.cast_signed()).collect();
        let counts: Vec<i64> = counts.into_values().collect();
        framed([
            ("term", Arc::new(Int32Array::from(terms)) as ArrayRef, false),
            (
                "texts",
                Arc::new(Int64Array::from(counts)) as ArrayRef,
                false,
            ),
        ])
        .map_err(|error| told(&error))
    })?;
    made.map_err(InputError::new_err)
}
