// SPDX-License-Identifier: GPL-3.0-or-later
// RATIO beats of WIDTH bits become one, the first in the low bits; with RATIO 1 a register.
// Streams: valid/ready, one beat a cycle in; out_valid does not wait for out_ready; registered.
module a2q_widen #(
    parameter integer WIDTH = 4,
    parameter integer RATIO = 2
) (
    input  wire                   clk,
    input  wire                   rst,
    input  wire                   in_valid,
    output wire                   in_ready,
    input  wire [WIDTH-1:0]       in_data,
    output reg                    out_valid,
    input  wire                   out_ready,
    output reg  [RATIO*WIDTH-1:0] out_data
);

  wire last;
  assign in_ready = !out_valid || out_ready;
  wire take = in_valid && in_ready;
  // verilator lint_off PINCONNECTEMPTY
  a2q_counter #(.COUNT(RATIO)) beats (
      .clk(clk), .rst(rst), .step(take), .value(), .last(last)
  );
  // verilator lint_on PINCONNECTEMPTY
  always @(posedge clk)
    if (rst) out_valid <= 1'b0;
    else if (in_ready) out_valid <= in_valid && last;

  generate
    if (RATIO == 1) begin : g_register
      always @(posedge clk) if (take) out_data <= in_data;
    end else begin : g_shift
      always @(posedge clk) if (take) out_data <= {in_data, out_data[RATIO*WIDTH-1:WIDTH]};
    end
  endgenerate

endmodule
