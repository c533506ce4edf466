// SPDX-License-Identifier: GPL-3.0-or-later
// A weight times an input, in the W + A bits that always hold it. No registers.
//   W, A      bits of the weight (signed) and the input (signed where A_SIGNED is 1)
//   SPLIT     1: the sign bit of a signed input of two bits or more is multiplied apart. It counts
//             -2^(A-1): a row to subtract, where extending the sign adds W of them once the tool
//             joins products with the tree behind them.
module a2q_product #(
    parameter integer W = 2,
    parameter integer A = 2,
    parameter integer A_SIGNED = 0,
    parameter integer SPLIT = 0
) (
    input  wire signed [W-1:0]   weight,
    input  wire        [A-1:0]   value,
    output wire signed [W+A-1:0] product
);

  generate
    if (A_SIGNED == 0) begin : g_unsigned
      wire signed [A:0] wide = {1'b0, value};
      assign product = weight * wide;
    end else if (SPLIT == 0) begin : g_signed
      wire signed [A-1:0] number = value;
      assign product = weight * number;
    end else begin : g_split
      wire signed [A-1:0] low = {1'b0, value[A-2:0]};
      wire signed [W+A-1:0] high = value[A-1] ? {{A{weight[W-1]}}, weight} : {(W + A) {1'b0}};
      assign product = weight * low - (high <<< (A - 1));
    end
  endgenerate

endmodule
