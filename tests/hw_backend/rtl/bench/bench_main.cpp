// SPDX-License-Identifier: GPL-3.0-or-later
// bench STALL: runs the model "bench" until it is done, or for a million cycles.
#include <cstdio>
#include <cstdlib>

#include "Vbench.h"

int main(int argc, char** argv) {
  constexpr int kMostCycles = 1000000;
  constexpr int kResetCycles = 4;
  Vbench bench;
  bench.stall = argc > 1 ? std::atoi(argv[1]) : 0;
  for (int cycle = 0; cycle < kMostCycles && !Verilated::gotFinish(); ++cycle) {
    bench.rst = cycle < kResetCycles;
    bench.clk = 0;
    bench.eval();
    bench.clk = 1;
    bench.eval();
    if (!bench.rst && bench.done) return 0;
  }
  std::puts("timeout");
  return 1;
}
