skip: no article in it: a program or style sheet
--- page
import os
from sys import argv

def main(args):
    """Says what the lock does."""
    print(os.path.join(*args))
