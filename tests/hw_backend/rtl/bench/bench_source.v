// SPDX-License-Identifier: GPL-3.0-or-later
// Gives the COUNT beats of a file, with `stall` 1 at random times, and prints "NAME taken cycle" for
// each. A beat stays until it is taken.
module bench_source #(
    parameter integer WIDTH = 8,
    parameter integer COUNT = 1,
    parameter integer SEED = 1,
    parameter NAME = "source",
    parameter FILE = ""
) (
    input  wire             clk,
    input  wire             rst,
    input  wire [1:0]       stall,
    output reg              valid,
    input  wire             ready,
    output reg  [WIDTH-1:0] data
);

  reg [WIDTH-1:0] words[0:COUNT-1];
  initial $readmemh(FILE, words);
  integer next;
  integer cycle;
  reg [15:0] random;

  always @(posedge clk) begin
    random <= {random[14:0], random[15] ^ random[13] ^ random[12] ^ random[10]};
    cycle <= cycle + 1;
    if (!rst && valid && ready) $display("%s taken %0d", NAME, cycle);
    if (rst) begin
      cycle <= 0;
      valid <= 1'b0;
      next <= 0;
      random <= SEED[15:0];
    end else if (!valid || ready) begin
      valid <= next < COUNT && (stall != 2'd1 || random[0]);
      if (next < COUNT && (stall != 2'd1 || random[0])) begin
        data <= words[next];
        next <= next + 1;
      end else begin
        data <= {WIDTH{1'b1}};  // what is not valid must not matter
      end
    end
  end

endmodule
