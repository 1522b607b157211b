using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using KernelSim.Bytecode;
using KernelSim.Bytecode.Modules;

namespace KernelSim.Tool.Bpf.Compiling;

/// <summary>
/// The source lines of a method as portable symbols have them: a blob of differences, see "Sequence Points Blob" of the format's specification. The
/// runtime's assembly builder writes those of a method with several source files in a wrong order.
/// </summary>
internal static class SequencePoints
{
    private const int WidestColumn = 0xFFFF;

    /// <summary>Writes the lines of a method.</summary>
    /// <param name="lines">The lines, by ascending offset.</param>
    /// <param name="locals">The signature of the method's local variables.</param>
    /// <param name="documents">The source files.</param>
    /// <param name="document">The file of all lines; nil if there are several, or none.</param>
    public static BlobBuilder Write(
        IReadOnlyList<MethodLine> lines, StandaloneSignatureHandle locals, SourceDocuments documents, out DocumentHandle document)
    {
        DocumentHandle[] used = [.. lines.Where(l => l.Source is not null).Select(l => documents.Of(l.Source!.File)).Distinct()];
        document = used.Length == 1 ? used[0] : default;
        BlobBuilder blob = new();
        if (used.Length == 0)
        {
            return blob;
        }

        blob.WriteCompressedInteger(locals.IsNil ? 0 : MetadataTokens.GetRowNumber(locals));
        if (used.Length > 1)
        {
            blob.WriteCompressedInteger(MetadataTokens.GetRowNumber(used[0]));
        }

        WriteRecords(blob, lines, documents, used[0]);
        return blob;
    }

    private static void WriteRecords(BlobBuilder blob, IReadOnlyList<MethodLine> lines, SourceDocuments documents, DocumentHandle current)
    {
        int offset = -1;
        (int Line, int Column)? previous = null;
        foreach (MethodLine line in lines)
        {
            if (line.Source is { } at && documents.Of(at.File) != current)
            {
                current = documents.Of(at.File);
                blob.WriteCompressedInteger(0);
                blob.WriteCompressedInteger(MetadataTokens.GetRowNumber(current));
            }

            blob.WriteCompressedInteger(offset < 0 ? line.Offset : line.Offset - offset);
            offset = line.Offset;
            if (line.Source is null)
            {
                blob.WriteCompressedInteger(0);
                blob.WriteCompressedInteger(0);
                continue;
            }

            (int start, int end) = ColumnsOf(line.Source);
            blob.WriteCompressedInteger(0);
            blob.WriteCompressedInteger(end - start);
            if (previous is { } before)
            {
                blob.WriteCompressedSignedInteger(line.Source.Line - before.Line);
                blob.WriteCompressedSignedInteger(start - before.Column);
            }
            else
            {
                blob.WriteCompressedInteger(line.Source.Line);
                blob.WriteCompressedInteger(start);
            }

            previous = (line.Source.Line, start);
        }
    }

    /// <summary>The whole line, without the white space around it.</summary>
    private static (int Start, int End) ColumnsOf(ProgramSourceLine line)
    {
        string text = line.Text.TrimEnd();
        int end = Math.Clamp(text.Length + 1, 2, WidestColumn);
        return (Math.Clamp(text.Length - text.TrimStart().Length + 1, 1, end - 1), end);
    }
}
