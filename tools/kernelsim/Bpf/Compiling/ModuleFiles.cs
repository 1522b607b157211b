using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using KernelSim.Bytecode.Modules;

namespace KernelSim.Tool.Bpf.Compiling;

/// <summary>The files of a module. The same object file with the same sources at the same paths gives the same bytes.</summary>
/// <param name="Assembly">The assembly (.dll).</param>
/// <param name="Symbols">Its portable symbols (.pdb), which a debugger looks for beside it.</param>
internal sealed record ModuleFiles(byte[] Assembly, byte[] Symbols)
{
    private const int GuidBytes = 16;

    /// <summary>Writes an assembly to memory.</summary>
    /// <param name="assembly">The assembly, whose types have been created.</param>
    /// <param name="sources">The source lines of its methods.</param>
    /// <param name="objectFile">The object file that it was made from.</param>
    /// <param name="symbols">The name of the file of its symbols.</param>
    public static ModuleFiles Of(
        PersistedAssemblyBuilder assembly, IReadOnlyList<MethodSource> sources, string objectFile, string symbols)
    {
        MetadataBuilder metadata = assembly.GenerateMetadata(out BlobBuilder code, out BlobBuilder fieldData, out MetadataBuilder given);
        BlobBuilder givenBytes = new();
        new PortablePdbBuilder(given, metadata.GetRowCounts(), default).Serialize(givenBytes);
        using MetadataReaderProvider reader = MetadataReaderProvider.FromPortablePdbImage([.. givenBytes.ToArray()]);
        MetadataBuilder tables = ModuleSymbols.Of(reader.GetMetadataReader(), sources, objectFile);
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
        ManagedPEBuilder file = new(
            PEHeaderBuilder.CreateLibraryHeader(),
            new MetadataRootBuilder(metadata),
            code,
            mappedFieldData: fieldData,
            debugDirectoryBuilder: debug,
            deterministicIdProvider: _ => id);
        BlobBuilder bytes = new();
        file.Serialize(bytes);
        return new ModuleFiles(WithContentId(bytes.ToArray()), symbolBytes.ToArray());
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
