using System.Collections.Immutable;
using System.Text;
using KernelSim.ObjectFiles.Btf;
using KernelSim.ObjectFiles.Elf;
using KernelSim.ObjectFiles.Maps;
using KernelSim.ObjectFiles.Programs;
using KernelSim.ObjectFiles.Rules;
using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles;

/// <summary>Reads an object file step by step: tables, types, code, maps, references; then links the programs.</summary>
internal sealed class ObjectFileReader(string name, ObjectReading reading)
{
    private const string LicenseSection = "license";
    private const int LongestLicense = 128;

    /// <summary>The file; null if it is refused.</summary>
    public BpfObjectFile? Read(FileBytes bytes)
    {
        if (!ElfHeader.TryRead(bytes, reading, out ElfHeader header)
            || !SectionReader.TryRead(bytes, header, reading, out ImmutableArray<ElfSection> sections)
            || !SymbolReader.TryRead(sections, reading, out ElfFile file)
            || !RelocationReader.HaveTargets(file, reading)
            || !TryReadTypes(file, out BtfTypeTable? types, out BtfExt ext)
            || !TryReadLicense(file, out string? license)
            || !new CodeReader(file, reading).TryRead(out Dictionary<int, CodeSection> code)
            || !new FunctionReader(file, ext, reading).TryRead(code, out ImmutableArray<ObjectFunction> functions))
        {
            return null;
        }

        MapSet maps = new(file, types, ObjectName(), reading);
        Dictionary<int, ObjectExtern> externs = ExternReader.Read(file, types);
        if (!maps.TryRead())
        {
            return null;
        }

        MapPlaces places = new(maps.Maps, maps.OfSection);
        ReferenceReader references = new(file, code, externs, places, reading);
        if (!new BodyReader(code, references, types, ext).TryRead(functions, out FunctionBody[] bodies)
            || !new Linker(functions, bodies, reading).TryLink(
                ProgramChoice.ProgramsOf(functions, bodies), out ImmutableArray<ObjectProgram> programs)
            || !new InitialValueReader(file, maps.Definitions, places, PlacesOf(programs), reading).TryRead(maps.Maps))
        {
            return null;
        }

        return new BpfObjectFile
        {
            Name = name,
            License = license,
            Sections = file.Sections,
            Maps = [.. maps.Maps],
            Programs = programs,
            Functions = functions,
            Externs = [.. externs.Values.OrderBy(e => e.Index)],
            Variables = [.. VariableReader.Read(file, types, maps.OfSection)],
            Types = types,
        };
    }

    // libbpf names an object after its file, without the ending.
    private string ObjectName()
    {
        string file = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        return file.EndsWith(".o", StringComparison.Ordinal) ? file[..^2] : file;
    }

    private bool TryReadTypes(ElfFile file, out BtfTypeTable? types, out BtfExt ext)
    {
        types = null;
        ext = BtfExt.Empty;
        return file.Section(BtfReader.SectionName) is not { } section
            || (BtfReader.TryRead(section.Bytes, reading, out types)
                && (file.Section(BtfExtReader.SectionName) is not { } extra
                    || new BtfExtReader(types, file, reading).TryRead(extra.Bytes, out ext)));
    }

    private bool TryReadLicense(ElfFile file, out string? license)
    {
        license = null;
        if (file.Section(LicenseSection) is not { } section)
        {
            return true;
        }

        int length = section.Bytes.Span.IndexOf((byte)0);
        if (!reading.Require(
            length >= 0 && length < LongestLicense, CheckTable.ElfLicense,
            section.Bytes.Offset, LicenseSection, section.Bytes.Length, LongestLicense))
        {
            return false;
        }

        license = Encoding.UTF8.GetString(section.Bytes.Span[..length]);
        return true;
    }

    private static Dictionary<(int Section, long Offset), int> PlacesOf(ImmutableArray<ObjectProgram> programs)
    {
        Dictionary<(int Section, long Offset), int> places = [];
        foreach (ObjectProgram program in programs)
        {
            places.TryAdd((program.Function.SectionIndex, program.Function.FirstInstruction * 8L), program.Index);
        }

        return places;
    }
}
