// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a row (or column) of a sliding window lies outside the image.
//   SIZE, KERNEL, STRIDE, PADDING   in that direction
// The window begins at -PADDING; at an edge with `next` it goes STRIDE further, with `start` back to
// the beginning. `offset` counts within the window.
module a2q_window_edge #(
    parameter integer SIZE = 4,
    parameter integer KERNEL = 3,
    parameter integer STRIDE = 1,
    parameter integer PADDING = 1,
    parameter integer OFFSET_BITS = KERNEL > 1 ? $clog2(KERNEL) : 1
) (
    input  wire                   clk,
    input  wire                   rst,
    input  wire                   next,
    input  wire                   start,
    input  wire [OFFSET_BITS-1:0] offset,
    output wire                   outside
);

  // Counted from the first row of zeros, so that nothing is negative.
  localparam integer END = SIZE + PADDING;
  localparam integer BITS = $clog2(SIZE + 2 * PADDING + STRIDE + KERNEL);
  reg [BITS-1:0] origin;
  wire [BITS-1:0] place = origin + {{(BITS - OFFSET_BITS) {1'b0}}, offset};
  generate
    if (PADDING == 0) begin : g_no_zeros
      assign outside = 1'b0;
      // verilator lint_off UNUSED
      wire unused = ^place;
      // verilator lint_on UNUSED
    end else begin : g_zeros
      assign outside = place < PADDING[BITS-1:0] || place >= END[BITS-1:0];
    end
  endgenerate

  always @(posedge clk)
    if (rst || start) origin <= {BITS{1'b0}};
    else if (next) origin <= origin + STRIDE[BITS-1:0];

endmodule
