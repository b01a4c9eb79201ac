"""Augments pictures with torchvision, two workers: augment.py FOLDER PADDING PASSES.

Crops with padding, flips and rotates as the pipeline beside it does, with a draw for each picture, and gives
batches of floats of mean 0. Prints how long the passes took, without the start of the workers.
"""

import pathlib
import sys
import time

import torch
from torchvision.io import decode_image
from torchvision.transforms import InterpolationMode, v2


class Pictures(torch.utils.data.Dataset):
    def __init__(self, folder: str, padding: int):
        files = sorted(pathlib.Path(folder).glob("*/*.png"))
        self.pictures = torch.stack([decode_image(str(file)) for file in files])
        self.steps = v2.Compose([
            v2.RandomCrop(self.pictures.shape[-1], padding=padding),
            v2.RandomHorizontalFlip(),
            v2.RandomRotation(10, interpolation=InterpolationMode.BILINEAR),
            v2.ToDtype(torch.float32, scale=True),
            v2.Normalize([0.5] * 3, [0.25] * 3),
        ])

    def __len__(self) -> int:
        return len(self.pictures)

    def __getitem__(self, index: int) -> torch.Tensor:
        return self.steps(self.pictures[index])


def main() -> None:
    folder, padding, passes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(1)
    loader = torch.utils.data.DataLoader(
        Pictures(folder, padding), batch_size=128, shuffle=True, num_workers=2,
        persistent_workers=True)
    for _ in loader:
        pass
    start = time.perf_counter()
    for _ in range(passes):
        for _ in loader:
            pass
    print("seconds", time.perf_counter() - start)


if __name__ == "__main__":
    main()
