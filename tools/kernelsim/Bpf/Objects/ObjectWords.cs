using System.Text;
using KernelSim.ObjectFiles;
using KernelSim.Protocol;
using KernelSim.TraceAnalysis;

namespace KernelSim.Tool.Bpf.Objects;

/// <summary>The field's words for what object files have.</summary>
internal static class ObjectWords
{
    private static readonly (ElfSectionFlags Flag, char Letter)[] s_flags =
    [
        (ElfSectionFlags.Writable, 'W'),
        (ElfSectionFlags.Allocated, 'A'),
        (ElfSectionFlags.Executable, 'X'),
        (ElfSectionFlags.Mergeable, 'M'),
        (ElfSectionFlags.Strings, 'S'),
    ];

    private static readonly Dictionary<ElfSectionType, string> s_sectionTypes = new()
    {
        [ElfSectionType.Null] = "NULL",
        [ElfSectionType.ProgBits] = "PROGBITS",
        [ElfSectionType.SymTab] = "SYMTAB",
        [ElfSectionType.StrTab] = "STRTAB",
        [ElfSectionType.Rela] = "RELA",
        [ElfSectionType.NoBits] = "NOBITS",
        [ElfSectionType.Rel] = "REL",
        [ElfSectionType.LlvmAddrSig] = "LLVM_ADDRSIG",
    };

    private static readonly string[] s_kinds =
    [
        "VOID", "INT", "PTR", "ARRAY", "STRUCT", "UNION", "ENUM", "FWD", "TYPEDEF", "VOLATILE", "CONST", "RESTRICT", "FUNC", "FUNC_PROTO", "VAR",
        "DATASEC", "FLOAT", "DECL_TAG", "TYPE_TAG", "ENUM64",
    ];

    /// <summary>A program's type, told from its section; empty where no section name fits.</summary>
    public static string ProgramType(ObjectProgram program) => AttachTypeTable.FindBySection(program.Section) is { } row
        ? Array.Find(ProgramTypeTable.All.ToArray(), t => t.Id == row.ProgramType)?.Name ?? ""
        : "";

    /// <summary>A program's attach type, told from its section; empty where no section name fits.</summary>
    public static string AttachType(ObjectProgram program) => AttachTypeTable.FindBySection(program.Section)?.Section ?? "";

    /// <summary>A map's type as bpftool names it; its number where it has no name.</summary>
    public static string MapType(ObjectMap map) => BpfMapTypeNames.NameOf(map.Type) ?? $"{(uint)map.Type}";

    /// <summary>A section's type, by the name of the ELF specification.</summary>
    public static string SectionType(ElfSection section) =>
        s_sectionTypes.GetValueOrDefault(section.Type) ?? $"0x{(uint)section.Type:x}";

    /// <summary>A section's flags, as readelf abbreviates them.</summary>
    public static string SectionFlags(ElfSection section)
    {
        StringBuilder flags = new();
        foreach ((ElfSectionFlags flag, char letter) in s_flags)
        {
            if ((section.Flags & flag) != 0)
            {
                flags.Append(letter);
            }
        }

        return flags.ToString();
    }

    /// <summary>The kind of a type, as bpftool names it.</summary>
    public static string Kind(BtfKind kind) => s_kinds[(int)kind];

    /// <summary>A helper's name; null for a helper that only a program type has.</summary>
    public static string? Helper(int id) => Enum.IsDefined((BpfFuncId)id)
        ? string.Concat(((BpfFuncId)id).ToString().Select((c, i) => char.IsUpper(c) ? (i == 0 ? "bpf_" : "_") + char.ToLowerInvariant(c) : $"{c}"))
        : null;

    /// <summary>A name out of a file, for a terminal.</summary>
    public static string Visible(string name) => VisibleText.Escape(name);
}
