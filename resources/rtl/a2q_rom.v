// SPDX-License-Identifier: GPL-3.0-or-later
// Constants of a block: DEPTH words of WIDTH bits from the file FILE ($readmemh), DEPTH >= 2.
//   BLOCK  1: block memory; 0: look-up tables
// The word at `address` stands at `data` after a clock edge with `enable`. Not touched by a reset.
module a2q_rom #(
    parameter integer WIDTH = 8,
    parameter integer DEPTH = 2,
    parameter integer BLOCK = 0,
    parameter FILE = ""
) (
    input  wire                     clk,
    input  wire                     enable,
    input  wire [$clog2(DEPTH)-1:0] address,
    output reg  [WIDTH-1:0]         data
);

  generate
    if (BLOCK != 0) begin : g_block
      (* ram_style = "block" *) reg [WIDTH-1:0] words[0:DEPTH-1];
      if (FILE != "") begin : g_file
        initial $readmemh(FILE, words);
      end
      always @(posedge clk) if (enable) data <= words[address];
    end else begin : g_logic
      (* ram_style = "registers" *) reg [WIDTH-1:0] words[0:DEPTH-1];
      if (FILE != "") begin : g_file
        initial $readmemh(FILE, words);
      end
      always @(posedge clk) if (enable) data <= words[address];
    end
  endgenerate

endmodule
