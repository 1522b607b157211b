using System.Globalization;
using KernelSim.Bytecode;
using KernelSim.Tool.Bpftool.Kernel;

namespace KernelSim.Tool.Bpftool.Instructions;

/// <summary>
/// A program's control flow in Graphviz's language, as bpftool draws it: a cluster for each function, numbered in the order in which calls name them.
/// </summary>
/// <remarks>
/// bpftool's edges are kept: a helper's call at a block's end has two to the next block, and an exit one. A call within the program has one, where
/// bpftool follows a null pointer.
/// </remarks>
/// <param name="listing">The program.</param>
internal sealed class FlowGraph(ProgramListing listing)
{
    private const int Entry = 0;
    private const int Exit = 1;
    private const int FirstBlock = 2;

    private readonly InstructionText _text = new(listing, namesFunctions: false);

    /// <summary>Prints it.</summary>
    public void Write(TextWriter output)
    {
        List<int> starts = FunctionStarts();
        int[] ordered = [.. starts.Order()];
        output.Write("digraph \"DOT graph for eBPF program\" {\n");
        for (int i = 0; i < ordered.Length; i++)
        {
            int end = i + 1 < ordered.Length ? ordered[i + 1] : listing.Code.Length;
            WriteFunction(output, starts.IndexOf(ordered[i]), ordered[i], end);
        }

        output.Write("}\n");
    }

    /// <summary>The functions' first slots, the program's own first.</summary>
    private List<int> FunctionStarts()
    {
        List<int> starts = [0];
        for (int at = 0; at < listing.Code.Length; at++)
        {
            int target = at + 1 + listing.Code[at].Immediate;
            if (listing.Code[at].IsLocalCall && !starts.Contains(target))
            {
                starts.Add(target);
            }
        }

        return starts;
    }

    private void WriteFunction(TextWriter output, int number, int start, int end)
    {
        int[] heads = [.. BlockHeads(start, end)];
        output.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"subgraph \"cluster_{number}\" {{\n\tstyle=\"dashed\";\n\tcolor=\"black\";\n\tlabel=\"func_{number} ()\";\n"));
        WriteNode(output, number, Entry, "Mdiamond", "ENTRY");
        for (int i = 0; i < heads.Length; i++)
        {
            WriteNode(output, number, FirstBlock + i, "record", $"{{{TextOf(heads[i], EndOf(heads, i, end), start)}}}");
        }

        WriteNode(output, number, Exit, "Mdiamond", "EXIT");
        WriteEdge(output, number, Entry, FirstBlock);
        for (int i = 0; i < heads.Length; i++)
        {
            WriteEdges(output, number, heads, i, EndOf(heads, i, end));
        }

        output.Write($"\tfn_{number}_bb_{Entry}:s -> fn_{number}_bb_{Exit}:n [style=\"invis\", constraint=true];\n}}\n");
    }

    private SortedSet<int> BlockHeads(int start, int end)
    {
        SortedSet<int> heads = [start];
        for (int at = start; at < end; at += listing.Code[at].IsWide ? 2 : 1)
        {
            BpfInstruction instruction = listing.Code[at];
            if (instruction.IsConditionalJump || instruction.IsUnconditionalJump)
            {
                heads.Add(at + 1 + instruction.JumpDistance);
            }

            if (instruction.IsConditionalJump)
            {
                heads.Add(at + 1);
            }
        }

        return heads;
    }

    private void WriteEdges(TextWriter output, int number, int[] heads, int block, int end)
    {
        BpfInstruction last = listing.Code[end - 1];
        int next = block + 1 < heads.Length ? FirstBlock + block + 1 : Exit;
        if (!last.IsUnconditionalJump)
        {
            WriteEdge(output, number, FirstBlock + block, next);
        }

        if (last.IsConditionalJump || last.IsUnconditionalJump)
        {
            WriteEdge(output, number, FirstBlock + block, FirstBlock + Array.IndexOf(heads, end + last.JumpDistance));
        }
        else if (last.IsHelperCall)
        {
            WriteEdge(output, number, FirstBlock + block, next);
        }
    }

    private string TextOf(int from, int end, int start)
    {
        List<string> lines = [];
        for (int at = from; at < end; at += listing.Code[at].IsWide ? 2 : 1)
        {
            string separator = at < end - 1 ? " | " : "";
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{at - start,4}: {Escape(_text.Of(at))}\\l\\\n{separator}"));
        }

        return string.Concat(lines);
    }

    private static string Escape(string text) => text
        .Replace("<", "\\<", StringComparison.Ordinal)
        .Replace(">", "\\>", StringComparison.Ordinal)
        .Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("&", "\\&", StringComparison.Ordinal);

    private static int EndOf(int[] heads, int block, int end) => block + 1 < heads.Length ? heads[block + 1] : end;

    private static void WriteNode(TextWriter output, int function, int block, string shape, string label) =>
        output.Write($"\tfn_{function}_bb_{block} [shape={shape},style=filled,label=\"{label}\"];\n\n");

    private static void WriteEdge(TextWriter output, int function, int from, int to) => output.Write(
        $"\tfn_{function}_bb_{from}:s -> fn_{function}_bb_{to}:n [style=\"solid,bold\", color=black, weight=10, constraint=true];\n");
}
