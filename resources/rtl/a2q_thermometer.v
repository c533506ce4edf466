// SPDX-License-Identifier: GPL-3.0-or-later
// The largest k with reached[k], where reached is 1 up to some place and 0 above; reached[0] is 1.
// The middle gives the upper bit of the count and chooses the half that gives the others.
module a2q_thermometer #(
    parameter integer BITS = 2
) (
    input  wire [(1<<BITS)-1:0] reached,
    output wire [BITS-1:0]      count
);

  localparam integer HALF = 1 << (BITS - 1);
  assign count[BITS-1] = reached[HALF];

  // reached[0] is 1 by definition and never looked at.
  // verilator lint_off UNUSED
  wire unused = reached[0];
  // verilator lint_on UNUSED

  generate
    if (BITS > 1) begin : g_half
      wire [HALF-1:0] chosen = reached[HALF] ? reached[2*HALF-1:HALF] : reached[HALF-1:0];
      a2q_thermometer #(.BITS(BITS - 1)) rest (.reached(chosen), .count(count[BITS-2:0]));
    end
  endgenerate

endmodule
