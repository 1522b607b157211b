using System.Text;

namespace KernelSim.Tool.Bpftool.Hosting;

/// <summary>Collects text and passes it on in pieces of bounded size.</summary>
/// <param name="before">What to flush first, so that pieces of several writers stay in order; null for nothing.</param>
/// <param name="send">Takes a piece.</param>
internal sealed class PieceWriter(Func<TextWriter?> before, Action<string> send) : TextWriter
{
    private const int MostOfPiece = 1 << 15;

    private readonly char[] _piece = new char[MostOfPiece];
    private int _length;

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <inheritdoc/>
    public override void Write(char value) => Write([value]);

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Write(value.AsSpan());

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        before()?.Flush();
        while (!buffer.IsEmpty)
        {
            int count = Math.Min(buffer.Length, MostOfPiece - _length);
            buffer[..count].CopyTo(_piece.AsSpan(_length));
            buffer = buffer[count..];
            _length += count;
            if (_length == MostOfPiece)
            {
                Flush();
            }
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        if (_length > 0)
        {
            string text = new(_piece, 0, _length);
            _length = 0;
            send(text);
        }
    }
}
