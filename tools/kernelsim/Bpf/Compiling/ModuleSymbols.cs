using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using KernelSim.Bytecode.Modules;

namespace KernelSim.Tool.Bpf.Compiling;

/// <summary>The symbols of a module: the source lines of its methods, and their registers, which are parameters and local variables.</summary>
internal static class ModuleSymbols
{
    private static readonly string[] s_locals = ["r0", "r6", "r7", "r8", "r9"];

    /// <summary>Makes the tables.</summary>
    /// <param name="file">The module, as it is without symbols.</param>
    /// <param name="lines">The lines of its methods, by their tokens.</param>
    /// <param name="objectFile">The object file, for its sources are looked for beside it.</param>
    public static MetadataBuilder Of(
        System.Reflection.PortableExecutable.PEReader file, IReadOnlyDictionary<int, IReadOnlyList<MethodLine>> lines, string objectFile)
    {
        MetadataBuilder symbols = new();
        SourceDocuments documents = new(symbols, objectFile);
        MetadataReader metadata = file.GetMetadataReader();
        ImportScopeHandle imports = symbols.AddImportScope(default, default);
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            if (!lines.TryGetValue(MetadataTokens.GetToken(handle), out IReadOnlyList<MethodLine>? known))
            {
                symbols.AddMethodDebugInformation(default, default);
                continue;
            }

            MethodBodyBlock body = file.GetMethodBody(metadata.GetMethodDefinition(handle).RelativeVirtualAddress);
            BlobBuilder points = SequencePoints.Write(known, body.LocalSignature, documents, out DocumentHandle document);
            symbols.AddMethodDebugInformation(document, points.Count == 0 ? default : symbols.GetOrAddBlob(points));
            LocalVariableHandle first = MetadataTokens.LocalVariableHandle(symbols.GetRowCount(TableIndex.LocalVariable) + 1);
            for (int i = 0; i < s_locals.Length; i++)
            {
                symbols.AddLocalVariable(LocalVariableAttributes.None, i, symbols.GetOrAddString(s_locals[i]));
            }

            int length = body.GetILBytes()!.Length;
            symbols.AddLocalScope(handle, imports, first, MetadataTokens.LocalConstantHandle(1), 0, length);
        }

        return symbols;
    }
}
