using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace KernelSim.Tool.Drivers;

/// <summary>The file of an assembly: its bytes, and what its metadata says. Nothing of it is loaded.</summary>
/// <remarks>Assemblies are loaded from bytes, so that the file can be built again while a machine runs.</remarks>
internal sealed class AssemblyImage
{
    /// <summary>What is expected of a file.</summary>
    public const string Expected = "the assembly (.dll) of a driver or a program module";

    private const int MostBytes = 256 << 20;

    private AssemblyImage(string path, byte[] bytes, byte[]? symbols)
    {
        Path = path;
        Bytes = bytes;
        Symbols = symbols;
    }

    /// <summary>The file's path, as it was given.</summary>
    public string Path { get; }

    /// <summary>The file's contents.</summary>
    public byte[] Bytes { get; }

    /// <summary>The contents of the .pdb file beside it; null if there is none.</summary>
    public byte[]? Symbols { get; }

    /// <summary>Identifies the build: copies of a file have the same.</summary>
    public Guid BuildId { get; private set; }

    /// <summary>The assemblies that it was built against.</summary>
    public IReadOnlyList<AssemblyName> References { get; private set; } = [];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="image">What is in it.</param>
    /// <returns>Why it cannot be used; otherwise null.</returns>
    public static Failure? Read(string path, out AssemblyImage? image)
    {
        image = null;
        byte[] bytes;
        try
        {
            using FileStream file = File.OpenRead(path);
            using MemoryStream copy = new();
            byte[] block = new byte[64 << 10];
            for (int count; copy.Length <= MostBytes && (count = file.Read(block)) > 0;)
            {
                copy.Write(block, 0, count);
            }

            bytes = copy.ToArray();
        }
        catch (Exception exception) when (Failure.FromHost(path, Expected, exception) is { } failure)
        {
            return failure;
        }

        if (bytes.Length > MostBytes)
        {
            return Refuse(path, $"it has more than {MostBytes} bytes");
        }

        AssemblyImage read = new(path, bytes, ReadSymbols(path));
        string? problem = read.ReadMetadata();
        image = problem is null ? read : null;
        return problem is null ? null : Refuse(path, problem);
    }

    /// <summary>The failure of a file that is not what is expected.</summary>
    public static Failure Refuse(string path, string problem) => new($"'{path}' given, expected {Expected}: {problem}");

    /// <summary>The members of other assemblies that its code uses, as metadata tokens, by assembly; those of generic types are left out.</summary>
    public IReadOnlyList<(string Assembly, int Token)> UsedMembers()
    {
        using PEReader file = Open();
        MetadataReader metadata = file.GetMetadataReader();
        IEnumerable<(EntityHandle Type, EntityHandle Used)> types = metadata.TypeReferences.Select(t => ((EntityHandle)t, (EntityHandle)t));
        IEnumerable<(EntityHandle Type, EntityHandle Used)> members = metadata.MemberReferences
            .Select(m => (metadata.GetMemberReference(m).Parent, (EntityHandle)m))
            .Where(m => m.Parent.Kind == HandleKind.TypeReference);
        return
        [
            .. types.Concat(members)
                .Select(u => (AssemblyOf(metadata, (TypeReferenceHandle)u.Type), MetadataTokens.GetToken(u.Used)))
                .Where(u => u.Item1.Length > 0),
        ];
    }

    /// <summary>Whether its code contains a text, such as the name of a pool tag.</summary>
    public bool HasText(string text)
    {
        using PEReader file = Open();
        MetadataReader metadata = file.GetMetadataReader();
        for (UserStringHandle at = MetadataTokens.UserStringHandle(1); !at.IsNil; at = metadata.GetNextHandle(at))
        {
            if (metadata.GetUserString(at) == text)
            {
                return true;
            }
        }

        return false;
    }

    private static byte[]? ReadSymbols(string path)
    {
        try
        {
            string symbols = System.IO.Path.ChangeExtension(path, ".pdb");
            return File.Exists(symbols) ? File.ReadAllBytes(symbols) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Then lines of its sources are not told.
            return null;
        }
    }

    private static string AssemblyOf(MetadataReader metadata, TypeReferenceHandle type)
    {
        EntityHandle scope = metadata.GetTypeReference(type).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.AssemblyReference => metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)scope).Name),
            HandleKind.TypeReference => AssemblyOf(metadata, (TypeReferenceHandle)scope),
            _ => "",
        };
    }

    private PEReader Open() => new(new MemoryStream(Bytes, writable: false));

    /// <summary>Reads the metadata.</summary>
    /// <returns>What is wrong with the file; null if nothing is.</returns>
    private string? ReadMetadata()
    {
        try
        {
            using PEReader file = Open();
            if (!file.HasMetadata)
            {
                return "it is not a .NET assembly but native code";
            }

            MetadataReader metadata = file.GetMetadataReader();
            if (!metadata.IsAssembly)
            {
                return "it is a .NET module without an assembly's manifest";
            }

            if (metadata.GetAssemblyDefinition().GetCustomAttributes().Any(a => IsReferenceAssemblyAttribute(metadata, a)))
            {
                return "it is a reference assembly, which has no code; the assembly itself is in the project's bin folder";
            }

            BuildId = metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
            References = [.. metadata.AssemblyReferences.Select(r => metadata.GetAssemblyReference(r).GetAssemblyName())];
            return null;
        }
        catch (BadImageFormatException)
        {
            return "it is not a .NET assembly";
        }
    }

    private static bool IsReferenceAssemblyAttribute(MetadataReader metadata, CustomAttributeHandle attribute) =>
        metadata.GetCustomAttribute(attribute).Constructor is { Kind: HandleKind.MemberReference } constructor
        && metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } type
        && metadata.StringComparer.Equals(metadata.GetTypeReference((TypeReferenceHandle)type).Name, "ReferenceAssemblyAttribute");
}
