using KernelSim.ObjectFiles.Btf;
using KernelSim.ObjectFiles.Elf;

namespace KernelSim.ObjectFiles;

/// <summary>The source line that instructions were made from: <c>struct bpf_line_info</c>. Its texts are decoded when they are asked for.</summary>
public readonly record struct SourceLine
{
    private const int LongestText = 4096;
    private const int ColumnBits = 10;

    private readonly StringTable _strings;
    private readonly LineRecord _record;

    internal SourceLine(StringTable strings, LineRecord record, int instruction)
    {
        _strings = strings;
        _record = record;
        Instruction = instruction;
    }

    /// <summary>The first instruction of the line; it holds up to the next line, or to the end of the function.</summary>
    public int Instruction { get; }

    /// <summary>The file, as the compiler was given it.</summary>
    public string File => _strings?.At(_record.File, LongestText) ?? "";

    /// <summary>The line's text; empty where the compiler did not find it.</summary>
    public string Text => _strings?.At(_record.Text, LongestText) ?? "";

    /// <summary>The line's number, from 1; 0 for instructions that the compiler made of no line.</summary>
    public int Line => (int)(_record.Place >> ColumnBits);

    /// <summary>The column, from 1.</summary>
    public int Column => (int)(_record.Place & ((1 << ColumnBits) - 1));

    internal SourceLine At(int instruction) => new(_strings, _record, instruction);
}
