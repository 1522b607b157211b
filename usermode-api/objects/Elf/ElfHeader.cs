using KernelSim.ObjectFiles.Rules;
using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Elf;

/// <summary>The file's header, <c>Elf64_Ehdr</c>: where the section headers are.</summary>
/// <param name="SectionHeaders">The bytes of the section header table.</param>
/// <param name="NamesIndex"><c>e_shstrndx</c>: the section of the sections' names.</param>
internal readonly record struct ElfHeader(FileBytes SectionHeaders, uint NamesIndex)
{
    /// <summary><c>sizeof(Elf64_Shdr)</c>.</summary>
    public const int SectionHeaderLength = 64;

    private const int Length = 64;
    private const uint Magic = 0x464c457f;
    private const int Machine = 247;

    public static bool TryRead(FileBytes file, ObjectReading reading, out ElfHeader header)
    {
        header = default;
        return reading.Require(file.Length >= Length, CheckTable.ElfSize, 0, "file length", file.Length, Length)
            && reading.Require(
                file.Length <= BpfObjectFile.LargestFile, CheckTable.ElfLargestSize, 0, "file length", file.Length, BpfObjectFile.LargestFile)
            && reading.Require(file.U32(0) == Magic, CheckTable.ElfMagic, 0, "e_ident[EI_MAG0]", file.U32(0), Magic)
            && reading.Require(file.Span[4] == 2, CheckTable.ElfClass, 4, "e_ident[EI_CLASS]", file.Span[4], 2)
            && reading.Require(file.Span[5] == 1, CheckTable.ElfByteOrder, 5, "e_ident[EI_DATA]", file.Span[5], 1)
            && reading.Require(file.Span[6] == 1, CheckTable.ElfVersion, 6, "e_ident[EI_VERSION]", file.Span[6], 1)
            && reading.Require(file.U16(16) == 1, CheckTable.ElfType, 16, "e_type", file.U16(16), 1)
            && reading.Require(file.U16(18) == Machine, CheckTable.ElfMachine, 18, "e_machine", file.U16(18), Machine)
            && reading.Require(file.U16(58) == SectionHeaderLength, CheckTable.ElfHeaderSize, 58, "e_shentsize", file.U16(58), SectionHeaderLength)
            && TryFindSections(file, reading, out header);
    }

    private static bool TryFindSections(FileBytes file, ObjectReading reading, out ElfHeader header)
    {
        header = default;
        ulong start = file.U64(40);
        ulong last = (ulong)(file.Length - SectionHeaderLength);
        if (!reading.Require(start >= Length, CheckTable.ElfHeadersStart, 40, "e_shoff", start, Length)
            || !reading.Require(start <= last, CheckTable.ElfHeadersEnd, 40, "e_shoff", start, last))
        {
            return false;
        }

        int count = file.U16(60);
        int most = (int)(((ulong)file.Length - start) / SectionHeaderLength);
        if (!reading.Require(count > 0, CheckTable.ElfSectionCount, 60, "e_shnum", count, 1)
            || !reading.Require(count <= most, CheckTable.ElfHeadersFit, 60, "e_shnum", count, most))
        {
            return false;
        }

        uint names = file.U16(62);
        header = new ElfHeader(file.Slice((int)start, count * SectionHeaderLength), names);
        return reading.Require(names < count, CheckTable.ElfNamesIndex, 62, "e_shstrndx", names, count);
    }
}
