using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Security.Cryptography;

namespace KernelSim.Tool.Bpf.Compiling;

/// <summary>
/// The source files of an object file, as a debugger asks for them: by their full paths, with a checksum, where they are found; otherwise by the
/// names that the compiler recorded.
/// </summary>
internal sealed class SourceDocuments(MetadataBuilder symbols, string objectFile)
{
    private const long LargestSource = 16 << 20;

    private static readonly Guid s_languageC = new("63a08714-fc37-11d2-904c-00c04fa302a1");
    private static readonly Guid s_sha256 = new("8829d00f-11b8-4213-878b-770e8597ac16");

    private readonly Dictionary<string, DocumentHandle> _documents = new(StringComparer.Ordinal);

    /// <summary>The document of a file.</summary>
    /// <param name="recorded">The file, as the compiler was given it.</param>
    public DocumentHandle Of(string recorded)
    {
        if (!_documents.TryGetValue(recorded, out DocumentHandle document))
        {
            byte[]? contents = Find(recorded, out string path);
            _documents[recorded] = document = symbols.AddDocument(
                symbols.GetOrAddDocumentName(path),
                contents is null ? default : symbols.GetOrAddGuid(s_sha256),
                contents is null ? default : symbols.GetOrAddBlob(SHA256.HashData(contents)),
                symbols.GetOrAddGuid(s_languageC));
        }

        return document;
    }

    /// <summary>Looks beside the object file, then in the working folder.</summary>
    private byte[]? Find(string recorded, out string path)
    {
        string[] folders = [Path.GetDirectoryName(Path.GetFullPath(objectFile)) ?? "", Environment.CurrentDirectory];
        foreach (string folder in folders)
        {
            try
            {
                // What has no length is no file: a pipe would keep the reader waiting.
                FileInfo file = new(Path.Combine(folder, recorded));
                if (file.Exists && file.Length is > 0 and <= LargestSource)
                {
                    path = file.FullName;
                    return File.ReadAllBytes(path);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                // Then it is a document without a checksum.
            }
        }

        path = recorded;
        return null;
    }
}
