using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using KernelSim.Bytecode.Modules;

namespace KernelSim.Tool.Bpf.Compiling;

/// <summary>The symbols of a module: the source lines of its methods, and their registers, which are parameters and local variables.</summary>
internal static class ModuleSymbols
{
    private static readonly string[] s_locals = ["r0", "r6", "r7", "r8", "r9"];

    /// <summary>Makes the tables.</summary>
    /// <param name="given">The symbols that the assembly's builder has made: it has a row for each method, with the signature of its locals.</param>
    /// <param name="sources">The methods with source lines.</param>
    /// <param name="objectFile">The object file, for its sources are looked for beside it.</param>
    public static MetadataBuilder Of(MetadataReader given, IReadOnlyList<MethodSource> sources, string objectFile)
    {
        MetadataBuilder symbols = new();
        SourceDocuments documents = new(symbols, objectFile);
        Dictionary<int, MethodSource> byToken = sources.ToDictionary(s => s.Method.MetadataToken);
        ImportScopeHandle imports = symbols.AddImportScope(default, default);
        foreach (MethodDebugInformationHandle handle in given.MethodDebugInformation)
        {
            MethodDefinitionHandle method = handle.ToDefinitionHandle();
            if (!byToken.TryGetValue(MetadataTokens.GetToken(method), out MethodSource? source))
            {
                symbols.AddMethodDebugInformation(default, default);
                continue;
            }

            StandaloneSignatureHandle locals = given.GetMethodDebugInformation(handle).LocalSignature;
            BlobBuilder points = SequencePoints.Write(source.Lines, locals, documents, out DocumentHandle document);
            symbols.AddMethodDebugInformation(document, points.Count == 0 ? default : symbols.GetOrAddBlob(points));
            LocalVariableHandle first = MetadataTokens.LocalVariableHandle(symbols.GetRowCount(TableIndex.LocalVariable) + 1);
            for (int i = 0; i < s_locals.Length; i++)
            {
                symbols.AddLocalVariable(LocalVariableAttributes.None, i, symbols.GetOrAddString(s_locals[i]));
            }

            symbols.AddLocalScope(method, imports, first, MetadataTokens.LocalConstantHandle(1), 0, source.Length);
        }

        return symbols;
    }
}
