using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using KernelSim.Bytecode.Modules;

namespace KernelSim.Tool.Bpf.Compiling;

/// <summary>The files of a module. The same object file always gives the same bytes.</summary>
/// <param name="Assembly">The assembly (.dll).</param>
/// <param name="Symbols">Its portable symbols (.pdb), which a debugger looks for beside it.</param>
internal sealed record ModuleFiles(byte[] Assembly, byte[] Symbols)
{
    private const int GuidBytes = 16;

    /// <summary>Writes an assembly to memory.</summary>
    /// <param name="assembly">The assembly, whose types have been created.</param>
    /// <param name="lines">The source lines of its methods.</param>
    /// <param name="objectFile">The object file that it was made from.</param>
    /// <param name="symbols">The name of the file of its symbols.</param>
    public static ModuleFiles Of(
        PersistedAssemblyBuilder assembly, IReadOnlyDictionary<MethodInfo, IReadOnlyList<MethodLine>> lines, string objectFile, string symbols)
    {
        MetadataBuilder metadata = assembly.GenerateMetadata(out BlobBuilder code, out BlobBuilder fieldData);
        using PEReader bare = new([.. Serialize(metadata, CopyOf(code), CopyOf(fieldData), null, default)]);
        MetadataBuilder tables = ModuleSymbols.Of(bare, lines.ToDictionary(l => l.Key.MetadataToken, l => l.Value), objectFile);
        byte[] hash = [];
        PortablePdbBuilder portable = new(tables, metadata.GetRowCounts(), default, content =>
        {
            hash = SHA256.HashData([.. content.SelectMany(b => b.GetBytes())]);
            return BlobContentId.FromHash(hash);
        });
        BlobBuilder symbolBytes = new();
        BlobContentId id = portable.Serialize(symbolBytes);

        DebugDirectoryBuilder debug = new();
        debug.AddCodeViewEntry(symbols, id, portable.FormatVersion);
        debug.AddPdbChecksumEntry("SHA256", [.. hash]);
        debug.AddReproducibleEntry();
        return new ModuleFiles(WithContentId(Serialize(metadata, code, fieldData, debug, id)), symbolBytes.ToArray());
    }

    private static BlobBuilder CopyOf(BlobBuilder bytes)
    {
        BlobBuilder copy = new();
        copy.WriteBytes(bytes.ToArray());
        return copy;
    }

    private static byte[] Serialize(
        MetadataBuilder metadata, BlobBuilder code, BlobBuilder fieldData, DebugDirectoryBuilder? debug, BlobContentId id)
    {
        ManagedPEBuilder file = new(
            PEHeaderBuilder.CreateLibraryHeader(),
            new MetadataRootBuilder(metadata),
            code,
            mappedFieldData: fieldData,
            debugDirectoryBuilder: debug,
            deterministicIdProvider: _ => id);
        BlobBuilder bytes = new();
        file.Serialize(bytes);
        return bytes.ToArray();
    }

    /// <summary>Replaces the random id that the builder has given the module by one of its contents.</summary>
    private static byte[] WithContentId(byte[] file)
    {
        int place;
        using (PEReader reader = new(new MemoryStream(file, writable: false)))
        {
            MetadataReader metadata = reader.GetMetadataReader();
            int index = metadata.GetHeapOffset(metadata.GetModuleDefinition().Mvid);
            place = reader.PEHeaders.MetadataStartOffset + metadata.GetHeapMetadataOffset(HeapIndex.Guid) + ((index - 1) * GuidBytes);
        }

        Span<byte> id = file.AsSpan(place, GuidBytes);
        id.Clear();
        BlobContentId.FromHash(SHA256.HashData(file)).Guid.TryWriteBytes(id);
        return file;
    }
}
