using System.Diagnostics.CodeAnalysis;
using KernelSim.Bytecode;
using KernelSim.ObjectFiles.Elf;
using KernelSim.ObjectFiles.Rules;
using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Programs;

/// <summary>Reads the sections of code: instructions and their relocations.</summary>
internal sealed class CodeReader(ElfFile file, ObjectReading reading)
{
    private readonly RelocationReader _relocations = new(file, reading);

    public bool TryRead(out Dictionary<int, CodeSection> sections)
    {
        sections = [];
        foreach (ElfSection section in file.Sections.Where(s => s.IsCode))
        {
            if (!TryReadSection(section, out CodeSection? code))
            {
                return false;
            }

            sections.Add(section.Index, code);
        }

        return true;
    }

    private bool TryReadSection(ElfSection section, [NotNullWhen(true)] out CodeSection? code)
    {
        code = null;
        const int size = BpfInstruction.Size;
        if (!reading.Require(section.Size % size == 0, CheckTable.ElfCodeSize, section.HeaderOffset + 32, "sh_size", section.Size, size)
            || !_relocations.TryRead(section, out List<ElfRelocation> relocations))
        {
            return false;
        }

        Dictionary<int, ElfRelocation> byInstruction = new(relocations.Count);
        foreach (ElfRelocation relocation in relocations)
        {
            ulong at = relocation.Offset;
            if (!reading.Require(at % size == 0, CheckTable.ElfRelocationAlignment, relocation.FileOffset, "r_offset", at, size)
                || !reading.Require(
                    byInstruction.TryAdd((int)(at / size), relocation), CheckTable.ElfRelocationTwice, relocation.FileOffset, "r_offset", 2, 1))
            {
                return false;
            }
        }

        code = new CodeSection(section, BpfInstruction.Read(section.Bytes.Span), byInstruction);
        return true;
    }
}
