// SPDX-License-Identifier: GPL-3.0-or-later
// A value of FROM bits, signed or not, modulo 2^TO in TO bits: extended, or cut where the result is
// known to fit.
module a2q_resize #(
    parameter integer FROM = 4,
    parameter integer SIGNED = 0,
    parameter integer TO = 5
) (
    input  wire [FROM-1:0] value,
    output wire [TO-1:0]   result
);

  generate
    if (TO > FROM) begin : g_extend
      assign result = {{(TO - FROM) {SIGNED != 0 && value[FROM-1]}}, value};
    end else begin : g_cut
      // verilator lint_off UNUSED
      wire unused = ^value;  // the upper bits
      // verilator lint_on UNUSED
      assign result = value[TO-1:0];
    end
  endgenerate

endmodule
