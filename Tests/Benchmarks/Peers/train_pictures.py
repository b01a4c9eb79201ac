"""Trains a network on pictures of 32 by 32, as one writes it by hand: train_pictures.py MODE NET VARIANT N [FOLDER].

NET is resnet20 or cnn. VARIANT names what is tuned, joined by +: plain, last (channels innermost), half
(bfloat16 by autocast), compiled. MODE is one of
  steps  N steps of 128 pictures that lie in memory, after some that are not counted
  first  one step, after which the program ends
  epoch  N epochs over the pictures of a folder, augmented by torchvision in two workers
steps and epoch print how long the work alone took.
"""

import pathlib
import sys
import time

import torch
from torch import nn
from torch.nn import functional

BATCH = 128


def normed(inputs: int, outputs: int, kernel: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs))


class Block(nn.Module):
    def __init__(self, inputs: int, outputs: int, stride: int):
        super().__init__()
        self.first = normed(inputs, outputs, 3, stride)
        self.second = normed(outputs, outputs, 3)
        changes = stride != 1 or inputs != outputs
        self.shortcut = normed(inputs, outputs, 1, stride) if changes else nn.Identity()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = functional.relu(self.first(x))
        return functional.relu(self.second(y) + self.shortcut(x))


def network(name: str) -> nn.Module:
    if name == "cnn":
        widths = [3, 32, 64, 128]
        layers = []
        for stage, (inputs, outputs) in enumerate(zip(widths, widths[1:])):
            layers += [nn.MaxPool2d(2)] if stage > 0 else []
            layers += [normed(inputs, outputs, 3), nn.ReLU()]
        return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(128, 10))
    layers = [normed(3, 16, 3), nn.ReLU()]
    inputs = 16
    for outputs, stride in ((16, 1), (32, 2), (64, 2)):
        for block in range(3):
            layers.append(Block(inputs, outputs, stride if block == 0 else 1))
            inputs = outputs
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


class Training:
    def __init__(self, name: str, variant: str):
        tuned = variant.split("+")
        torch.manual_seed(7)
        self.half = "half" in tuned
        self.format = torch.channels_last if "last" in tuned else torch.contiguous_format
        self.model = network(name).train().to(memory_format=self.format)
        self.optimizer = torch.optim.AdamW(self.model.parameters(), lr=1e-3, fused=True)
        self.forward = torch.compile(self.model) if "compiled" in tuned else self.model

    def step(self, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        x = x.contiguous(memory_format=self.format)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.half):
            loss = functional.cross_entropy(self.forward(x).float(), y)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        return loss.detach()


def steps(training: Training, count: int) -> None:
    x, y = torch.randn(BATCH, 3, 32, 32), torch.randint(0, 10, (BATCH,))
    timed(lambda: training.step(x, y), 3)
    print("seconds", timed(lambda: training.step(x, y), count))


def timed(step, count: int) -> float:
    """How long `count` steps take, told by fewer where they take more than five seconds."""
    start = time.perf_counter()
    for done in range(1, count + 1):
        step()
        if time.perf_counter() - start > 5:
            break
    return (time.perf_counter() - start) / done * count


def first(training: Training) -> None:
    training.step(torch.randn(BATCH, 3, 32, 32), torch.randint(0, 10, (BATCH,))).item()


def epoch(training: Training, count: int, folder: str) -> None:
    from torchvision.io import decode_image
    from torchvision.transforms import InterpolationMode, v2

    class Pictures(torch.utils.data.Dataset):
        def __init__(self):
            files = sorted(pathlib.Path(folder).glob("*/*.png"))
            names = sorted({file.parent.name for file in files})
            self.pictures = torch.stack([decode_image(str(file)) for file in files])
            self.classes = [names.index(file.parent.name) for file in files]
            self.steps = v2.Compose([
                v2.RandomCrop(32, padding=4),
                v2.RandomHorizontalFlip(),
                v2.RandomRotation(10, interpolation=InterpolationMode.BILINEAR),
                v2.ToDtype(torch.float32, scale=True),
                v2.Normalize([0.5] * 3, [0.25] * 3),
            ])

        def __len__(self) -> int:
            return len(self.pictures)

        def __getitem__(self, index: int):
            return self.steps(self.pictures[index]), self.classes[index]

    loader = torch.utils.data.DataLoader(
        Pictures(), batch_size=BATCH, shuffle=True, num_workers=2, persistent_workers=True)
    for x, y in loader:
        training.step(x, y)
        break
    start = time.perf_counter()
    for _ in range(count):
        for x, y in loader:
            training.step(x, y)
    print("seconds", time.perf_counter() - start)


def main() -> None:
    mode, name, variant, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    training = Training(name, variant)
    if mode == "steps":
        steps(training, count)
    elif mode == "first":
        first(training)
    else:
        epoch(training, count, sys.argv[5])


if __name__ == "__main__":
    main()
