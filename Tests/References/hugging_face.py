"""Writes hugging_face.parquet: a table with pictures as Hugging Face's datasets keep them.

Made with datasets 5.2.0, pyarrow 26.0.1 and Pillow 13.0.0:

    python hugging_face.py

Row i of 12 has a picture of 8 by 8 pixels, all of the grey 20 i, as the structure of a PNG file's bytes and its
name; a class label, i mod 3 of three names, which is a number in the file; a list of words; and a caption.
"""

import io
import pathlib

import datasets
import PIL.Image

rows = 12
names = ["cat", "dog", "owl"]


def picture(row):
    file = io.BytesIO()
    PIL.Image.new("RGB", (8, 8), (20 * row,) * 3).save(file, "PNG")
    return {"bytes": file.getvalue(), "path": f"{row}.png"}


table = datasets.Dataset.from_dict(
    {
        "image": [picture(row) for row in range(rows)],
        "label": [row % 3 for row in range(rows)],
        "tags": [[word for word, k in (("even", 2), ("third", 3)) if row % k == 0] for row in range(rows)],
        "caption": [f"a picture of the {names[row % 3]}" for row in range(rows)],
    },
    features=datasets.Features(
        {
            "image": datasets.Image(),
            "label": datasets.ClassLabel(names=names),
            "tags": datasets.List(datasets.Value("string")),
            "caption": datasets.Value("string"),
        }
    ),
)
table.to_parquet(str(pathlib.Path(__file__).with_name("hugging_face.parquet")))
