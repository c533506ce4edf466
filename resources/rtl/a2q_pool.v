// SPDX-License-Identifier: GPL-3.0-or-later
// The maximum or the sum of TAPS beats, lane by lane; after a sliding window in depthwise order.
//   LANES         values of a beat
//   TAPS          beats of a window
//   A, A_SIGNED   bits and sign of an input
//   B             bits of an output: A for a maximum, enough for TAPS inputs for a sum
//   SUM           0: maximum; 1: sum
// Streams: valid/ready; out_valid does not wait for out_ready. The running values are the output
// registers: while a result waits, the unit stands still.
module a2q_pool #(
    parameter integer LANES = 1,
    parameter integer TAPS = 4,
    parameter integer A = 4,
    parameter integer A_SIGNED = 0,
    parameter integer B = 4,
    parameter integer SUM = 0
) (
    input  wire               clk,
    input  wire               rst,
    input  wire               in_valid,
    output wire               in_ready,
    input  wire [LANES*A-1:0] in_data,
    output reg                out_valid,
    input  wire               out_ready,
    output wire [LANES*B-1:0] out_data
);

  reg first;
  wire last;
  assign in_ready = !out_valid || out_ready;
  wire take = in_valid && in_ready;
  // verilator lint_off PINCONNECTEMPTY
  a2q_counter #(.COUNT(TAPS)) taps (
      .clk(clk), .rst(rst), .step(take), .value(), .last(last)
  );
  // verilator lint_on PINCONNECTEMPTY
  always @(posedge clk) begin
    if (rst) out_valid <= 1'b0;
    else if (in_ready) out_valid <= in_valid && last;
    if (rst) first <= 1'b1;
    else if (take) first <= last;
  end

  genvar i;
  generate
    for (i = 0; i < LANES; i = i + 1) begin : g_lane
      wire [A-1:0] value = in_data[i*A+:A];
      wire [B-1:0] wide;
      a2q_resize #(.FROM(A), .SIGNED(A_SIGNED), .TO(B)) resize (.value(value), .result(wide));
      reg [B-1:0] running;
      wire [B-1:0] next;
      if (SUM != 0) begin : g_sum
        assign next = running + wide;
      end else if (A_SIGNED != 0) begin : g_signed_maximum
        assign next = $signed(wide) > $signed(running) ? wide : running;
      end else begin : g_maximum
        assign next = wide > running ? wide : running;
      end
      always @(posedge clk) if (take) running <= first ? wide : next;
      assign out_data[i*B+:B] = running;
    end
  endgenerate

endmodule
