using System.Buffers.Binary;
using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.ClrMd;

/// <summary>Looks at the start of a file before it is opened as a dump: whether it is one, and whether all of it is there.</summary>
internal static class DumpFormat
{
    private const uint ElfMagic = 0x464C457F;
    private const uint MinidumpMagic = 0x504D444D;
    private const uint MachMagic = 0xFEEDFACF;
    private const ushort ElfCore = 4;
    private const ushort ManySegments = 0xFFFF;
    private const int HeaderBytes = 64;
    private const int SegmentBytes = 56;
    private const int SectionBytes = 64;
    private const uint Loaded = 1;

    // A core file has a segment for each mapping of the process.
    private const uint MostSegments = 1 << 20;

    // No process has more memory.
    private const ulong MostBytes = 1UL << 48;

    /// <summary>Looks at a file.</summary>
    /// <returns>Null for a whole dump; what is missing for one that is cut off.</returns>
    /// <exception cref="TargetReadException">It cannot be read, or is no dump.</exception>
    public static string? Look(string path)
    {
        try
        {
            using FileStream file = RegularFile.Open(path) ?? throw NoDump(path, "it is a pipe or a device, expected a file");
            byte[] header = new byte[HeaderBytes];
            int bytes = file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
            uint magic = bytes < sizeof(uint) ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(header);
            return magic switch
            {
                ElfMagic when bytes == HeaderBytes => IsCore(header)
                    ? LookAtCore(file, path, header)
                    : throw NoDump(path, "it is a program or a library"),
                MinidumpMagic or MachMagic => null,
                _ => throw NoDump(path, bytes == 0 ? "it is empty" : "it does not begin as a dump does"),
            };
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            throw NoDump(path, "there is no such file");
        }
        catch (UnauthorizedAccessException)
        {
            throw NoDump(path, Directory.Exists(path) ? "it is a folder" : "permission denied");
        }
        catch (Exception unreadable) when (unreadable is IOException or ArgumentException or NotSupportedException)
        {
            throw NoDump(path, unreadable.Message.Split('\n')[0].TrimEnd());
        }
    }

    private static bool IsCore(byte[] header) => BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(16)) == ElfCore;

    private static string? LookAtCore(FileStream file, string path, byte[] header)
    {
        ulong table = BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(32));
        ulong sections = BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(40));
        uint count = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(56));
        byte[] entry = new byte[Math.Max(SegmentBytes, SectionBytes)];
        if (count == ManySegments && ReadAt(file, sections, entry, SectionBytes))
        {
            // Too many for the header: then the first section has their number.
            count = BinaryPrimitives.ReadUInt32LittleEndian(entry.AsSpan(44));
        }

        ulong end = table;
        for (uint i = 0; i < Math.Min(count, MostSegments); i++)
        {
            if (!ReadAt(file, table + (i * SegmentBytes), entry, SegmentBytes))
            {
                end = Math.Max(end, table + (count * (ulong)SegmentBytes));
                break;
            }

            if (BinaryPrimitives.ReadUInt32LittleEndian(entry) == Loaded)
            {
                ulong segment = BinaryPrimitives.ReadUInt64LittleEndian(entry.AsSpan(8)) + BinaryPrimitives.ReadUInt64LittleEndian(entry.AsSpan(32));
                end = Math.Max(end, segment);
            }
        }

        return end <= (ulong)file.Length ? null
            : end > MostBytes ? $"'{path}' given, expected a whole dump: its table of segments is damaged"
            : $"'{path}' given, expected a whole dump: it is cut off, {file.Length} of {end} bytes are there";
    }

    private static bool ReadAt(FileStream file, ulong offset, byte[] bytes, int count)
    {
        if (offset > (ulong)file.Length)
        {
            return false;
        }

        file.Position = (long)offset;
        return file.ReadAtLeast(bytes.AsSpan(0, count), count, throwOnEndOfStream: false) == count;
    }

    private static TargetReadException NoDump(string path, string reason) => new($"'{path}' given, expected a dump of a process: {reason}");
}
