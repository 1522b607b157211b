using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace KernelSim.Tool.Lab.Grading.Programs;

/// <summary>Files and lines of IL, from the symbols of its assembly.</summary>
internal sealed class InstructionLines : IDisposable
{
    private readonly MetadataReaderProvider? _symbols;

    /// <summary>Opens symbols.</summary>
    /// <param name="symbols">The contents of a portable .pdb file; null if there is none: nothing has a line.</param>
    public InstructionLines(byte[]? symbols) => _symbols = symbols is null ? null : MetadataReaderProvider.FromPortablePdbImage([.. symbols]);

    /// <summary>Where an instruction of a method comes from, such as <c>Counters.cs:27</c>; empty if that is not known.</summary>
    /// <param name="method">A method of the library whose symbols these are.</param>
    /// <param name="offset">Offset of the instruction in its IL.</param>
    public string Of(MethodBase method, int offset)
    {
        if (_symbols?.GetMetadataReader() is not { } reader)
        {
            return "";
        }

        MethodDefinitionHandle handle = (MethodDefinitionHandle)MetadataTokens.EntityHandle(method.MetadataToken);
        SequencePoint point = reader.GetMethodDebugInformation(handle).GetSequencePoints().LastOrDefault(p => p.Offset <= offset && !p.IsHidden);
        return point.Document.IsNil
            ? ""
            : FormattableString.Invariant($"{Path.GetFileName(reader.GetString(reader.GetDocument(point.Document).Name))}:{point.StartLine}");
    }

    /// <inheritdoc/>
    public void Dispose() => _symbols?.Dispose();
}
