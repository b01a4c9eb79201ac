"""Trains a network on a table, as one writes it for tensors: train.py TABLE EPOCHS THREADS.

The fastest of what PyTorch offers for this: all rows in one tensor, indexed by a permutation, the fused
optimizer, the loss looked at once an epoch. Prints how long training took.
"""

import sys
import time

import polars
import torch

BATCH = 1024


def main() -> None:
    file, epochs, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(threads)
    torch.manual_seed(7)
    frame = polars.read_csv(file)
    x = torch.from_numpy(frame.drop("y").cast(polars.Float32).to_numpy()).contiguous()
    y = torch.from_numpy(frame["y"].cast(polars.Categorical).to_physical().to_numpy().astype("int64"))
    x = (x - x.mean(0)) / x.std(0)
    model = torch.nn.Sequential(
        torch.nn.Linear(26, 128), torch.nn.ReLU(),
        torch.nn.Linear(128, 64), torch.nn.ReLU(),
        torch.nn.Linear(64, 3))
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, fused=True)
    steps = epochs * ((len(x) + BATCH - 1) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1e-3, total_steps=steps)
    loss_of = torch.nn.CrossEntropyLoss()
    start = time.perf_counter()
    for epoch in range(epochs):
        order = torch.randperm(len(x))
        total = torch.zeros(())
        for first in range(0, len(x), BATCH):
            rows = order[first : first + BATCH]
            loss = loss_of(model(x[rows]), y[rows])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.detach()
        total.item()
    print("seconds", time.perf_counter() - start)


main()
