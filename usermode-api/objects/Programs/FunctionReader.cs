using System.Collections.Immutable;
using KernelSim.Bytecode;
using KernelSim.ObjectFiles.Btf;
using KernelSim.ObjectFiles.Elf;
using KernelSim.ObjectFiles.Rules;
using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Programs;

/// <summary>Finds the functions of the sections of code: by their symbols, or a whole section where it has none.</summary>
internal sealed class FunctionReader(ElfFile file, BtfExt ext, ObjectReading reading)
{
    private readonly List<ObjectFunction> _functions = [];

    public bool TryRead(IReadOnlyDictionary<int, CodeSection> sections, out ImmutableArray<ObjectFunction> functions)
    {
        functions = [];
        foreach (CodeSection code in sections.Values)
        {
            if (!TryReadSection(code))
            {
                return false;
            }
        }

        functions = [.. _functions];
        return true;
    }

    private bool TryReadSection(CodeSection code)
    {
        int length = code.Instructions.Length;
        ElfSymbol[] symbols = SymbolsOf(code.Section);
        if (symbols.Length == 0)
        {
            Add(code, new ObjectFunction(_functions.Count, code.Section.Name, code.Section.Name, code.Section.Index, 0, length) { IsGlobal = true });
            return true;
        }

        ulong[] nextStarts = NextStarts(symbols, code.Section.Size);
        ulong lastStart = 0;
        ulong lastEnd = 0;
        for (int i = 0; i < symbols.Length; i++)
        {
            ElfSymbol symbol = symbols[i];
            long place = file.OffsetOf(symbol);
            ulong size = symbol.Size > 0 ? symbol.Size : nextStarts[i] - symbol.Value;
            ulong end = symbol.Value + size;
            bool isAlias = i > 0 && symbol.Value == lastStart && end == lastEnd;
            if (!reading.Require(symbol.Value % BpfInstruction.Size == 0, CheckTable.ElfFunctionAlignment, place + 8, "st_value", symbol.Value, 8)
                || !reading.Require(size >= BpfInstruction.Size, CheckTable.ElfFunctionEmpty, place + 16, "st_size", size, 8)
                || !reading.Require(size % BpfInstruction.Size == 0, CheckTable.ElfFunctionAlignment, place + 16, "st_size", size, 8)
                || !reading.Require(isAlias || symbol.Value >= lastEnd, CheckTable.ElfFunctionOverlap, place + 8, "st_value", symbol.Value, lastEnd))
            {
                return false;
            }

            Add(code, Function(code, symbol, (int)(size / BpfInstruction.Size)));
            lastStart = symbol.Value;
            lastEnd = end;
        }

        return true;
    }

    // Assembly often has labels only: symbols without a type.
    private ElfSymbol[] SymbolsOf(ElfSection section)
    {
        ElfSymbol[] inSection = [.. file.SymbolsOf[section.Index].OrderBy(s => s.Value).ThenBy(s => s.Index)];
        ElfSymbol[] functions = [.. inSection.Where(s => s.IsFunction)];
        return functions.Length > 0 ? functions : [.. inSection.Where(s => s.IsNoType && !s.IsLocal)];
    }

    // Where the code after each symbol starts: at the next symbol that is elsewhere.
    private static ulong[] NextStarts(ElfSymbol[] symbols, ulong sectionSize)
    {
        ulong[] next = new ulong[symbols.Length];
        for (int i = symbols.Length - 1; i >= 0; i--)
        {
            bool isLast = i == symbols.Length - 1;
            next[i] = isLast ? sectionSize : symbols[i + 1].Value > symbols[i].Value ? symbols[i + 1].Value : next[i + 1];
        }

        return next;
    }

    private ObjectFunction Function(CodeSection code, ElfSymbol symbol, int count)
    {
        int first = (int)(symbol.Value / BpfInstruction.Size);
        return new ObjectFunction(_functions.Count, file.NameOf(symbol), code.Section.Name, code.Section.Index, first, count)
        {
            IsGlobal = !symbol.IsLocal,
            IsWeak = symbol.IsWeak,
            Type = ext.TypeAt(code.Section.Index, first),
        };
    }

    private void Add(CodeSection code, ObjectFunction function)
    {
        _functions.Add(function);
        code.Add(function);
    }
}
