// SPDX-License-Identifier: GPL-3.0-or-later
// One beat of RATIO·WIDTH bits becomes RATIO beats of WIDTH bits, the low bits first.
// Streams: valid/ready, one beat a cycle out; out_valid does not wait for out_ready; registered.
module a2q_narrow #(
    parameter integer WIDTH = 4,
    parameter integer RATIO = 2
) (
    input  wire                   clk,
    input  wire                   rst,
    input  wire                   in_valid,
    output wire                   in_ready,
    input  wire [RATIO*WIDTH-1:0] in_data,
    output reg                    out_valid,
    input  wire                   out_ready,
    output wire [WIDTH-1:0]       out_data
);

  reg [RATIO*WIDTH-1:0] rest;
  wire last;
  wire give = out_valid && out_ready;
  assign in_ready = !out_valid || (last && out_ready);
  wire take = in_valid && in_ready;
  // verilator lint_off PINCONNECTEMPTY
  a2q_counter #(.COUNT(RATIO)) beats (
      .clk(clk), .rst(rst), .step(give), .value(), .last(last)
  );
  // verilator lint_on PINCONNECTEMPTY

  assign out_data = rest[WIDTH-1:0];
  always @(posedge clk) begin
    if (rst) out_valid <= 1'b0;
    else if (in_ready) out_valid <= in_valid;
    if (take) rest <= in_data;
    else if (give) rest <= rest >> WIDTH;
  end

endmodule
