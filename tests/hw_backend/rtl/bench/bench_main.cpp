// SPDX-License-Identifier: GPL-3.0-or-later
// bench STALL CYCLES: runs the model "bench" until it is done, or for so many cycles.
#include <cstdio>
#include <cstdlib>

#include "Vbench.h"

int main(int argc, char** argv) {
  constexpr int kResetCycles = 4;
  Vbench bench;
  if (argc != 3) return 2;
  bench.stall = std::atoi(argv[1]);
  const long most_cycles = std::atol(argv[2]);
  for (long cycle = 0; cycle < most_cycles && !Verilated::gotFinish(); ++cycle) {
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
