using System.Buffers.Binary;
using System.Text;

namespace KernelSim.Tracing;

/// <summary>
/// What a process says to a recorder at its port: 8 bytes of <see cref="Magic"/>, process id, length of names, names in UTF-8, a line each.
/// </summary>
/// <param name="ProcessId">The process, by its own number.</param>
/// <param name="Providers">Its event sources so far.</param>
public sealed record RecorderGreeting(int ProcessId, IReadOnlyList<string> Providers)
{
    /// <summary>Bytes before the names, with <see cref="Magic"/>.</summary>
    public const int HeaderSize = 16;

    /// <summary>The most bytes of names that a recorder takes.</summary>
    public const int MaximumNames = 1 << 20;

    /// <summary>The first bytes; a runtime that connects to the same port begins with others.</summary>
    public static ReadOnlySpan<byte> Magic => "KSIM_V1\0"u8;

    /// <summary>The bytes of a greeting.</summary>
    public byte[] ToBytes()
    {
        byte[] names = Encoding.UTF8.GetBytes(string.Join('\n', Providers));
        byte[] bytes = new byte[HeaderSize + names.Length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), ProcessId);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), names.Length);
        names.CopyTo(bytes.AsSpan(HeaderSize));
        return bytes;
    }

    /// <summary>Reads a greeting whose magic has been read.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    /// <exception cref="EndOfStreamException">It ends too early.</exception>
    public static async Task<RecorderGreeting> ReadAsync(Stream stream, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(stream);
        byte[] header = new byte[HeaderSize - Magic.Length];
        await stream.ReadExactlyAsync(header, token).ConfigureAwait(false);
        int processId = BinaryPrimitives.ReadInt32LittleEndian(header);
        int length = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4));
        if (length is < 0 or > MaximumNames)
        {
            throw new InvalidDataException($"{length} bytes of names given, expected 0 to {MaximumNames}");
        }

        byte[] names = new byte[length];
        await stream.ReadExactlyAsync(names, token).ConfigureAwait(false);
        return new RecorderGreeting(processId, Encoding.UTF8.GetString(names).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
