using System.Diagnostics.SymbolStore;
using System.Reflection.Emit;
using System.Security.Cryptography;

namespace KernelSim.Tool.Bpf.Compiling;

/// <summary>
/// The source files of an object file, as a debugger asks for them: by their full paths, with a checksum, where they are found; otherwise by the
/// names that the compiler recorded.
/// </summary>
internal sealed class SourceDocuments(ModuleBuilder module, string objectFile)
{
    private const long LargestSource = 16 << 20;

    private static readonly Guid s_languageC = new("63a08714-fc37-11d2-904c-00c04fa302a1");
    private static readonly Guid s_sha256 = new("8829d00f-11b8-4213-878b-770e8597ac16");

    private readonly Dictionary<string, ISymbolDocumentWriter> _documents = new(StringComparer.Ordinal);

    /// <summary>The documents, by the recorded names.</summary>
    public IReadOnlyDictionary<string, ISymbolDocumentWriter> All => _documents;

    /// <summary>Adds a file.</summary>
    public void Add(string recorded)
    {
        if (recorded.Length == 0 || _documents.ContainsKey(recorded))
        {
            return;
        }

        byte[]? contents = Find(recorded, out string path);
        ISymbolDocumentWriter document = module.DefineDocument(path, s_languageC);
        if (contents is not null)
        {
            document.SetCheckSum(s_sha256, SHA256.HashData(contents));
        }

        _documents[recorded] = document;
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
