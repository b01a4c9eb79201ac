"""Decodes and resizes JPEG files with torchvision, two workers: read_photos.py FOLDER OUTPUT."""

import pathlib
import sys

import numpy
import torch
from torchvision.io import ImageReadMode, decode_image
from torchvision.transforms import v2

SIZE = 224


class Photos(torch.utils.data.Dataset):
    def __init__(self, folder: str):
        self.files = sorted(str(file) for file in pathlib.Path(folder).glob("*/*.jpg"))
        self.resize = v2.Compose([v2.Resize(SIZE, antialias=True), v2.CenterCrop(SIZE)])

    def __len__(self) -> int:
        return len(self.files)

    def __getitem__(self, index: int) -> torch.Tensor:
        return self.resize(decode_image(self.files[index], mode=ImageReadMode.RGB))


def main() -> None:
    torch.set_num_threads(1)
    photos = Photos(sys.argv[1])
    loader = torch.utils.data.DataLoader(photos, batch_size=32, num_workers=2)
    shape = (len(photos), 3, SIZE, SIZE)
    output = numpy.lib.format.open_memmap(sys.argv[2], mode="w+", dtype=numpy.uint8, shape=shape)
    start = 0
    for batch in loader:
        output[start : start + len(batch)] = batch.numpy()
        start += len(batch)


if __name__ == "__main__":
    main()
