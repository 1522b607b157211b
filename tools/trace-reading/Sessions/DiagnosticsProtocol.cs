using System.Buffers.Binary;
using System.Text;

namespace KernelSim.TraceAnalysis.Sessions;

/// <summary>
/// The part of the runtime's diagnostics protocol that a recorder needs: what a runtime says when it connects to a port, and the commands
/// that start and stop a session. The client library's own port hands out the first runtime that connects and no other.
/// </summary>
internal static class DiagnosticsProtocol
{
    /// <summary>Bytes of an advertisement after its magic: cookie, process id, two reserved.</summary>
    private const int AdvertisementSize = 26;

    private const int HeaderSize = 20;
    private const byte EventPipe = 2;
    private const byte StopTracing = 1;
    private const byte CollectTracing2 = 3;
    private const byte CollectTracing3 = 4;
    private const byte Server = 0xFF;
    private const byte Ok = 0;
    private const uint UnknownCommand = 0x8013_1385;
    private const int NetTraceFormat = 1;

    /// <summary>The first bytes of a runtime that connects.</summary>
    public static ReadOnlySpan<byte> AdvertisementMagic => "ADVR_V1\0"u8;

    private static ReadOnlySpan<byte> CommandMagic => "DOTNET_IPC_V1\0"u8;

    /// <summary>Reads an advertisement whose magic has been read: which runtime it is, and in which process.</summary>
    public static async Task<(Guid Cookie, int ProcessId)> ReadAdvertisementAsync(Stream stream, CancellationToken token)
    {
        byte[] bytes = new byte[AdvertisementSize];
        await stream.ReadExactlyAsync(bytes, token).ConfigureAwait(false);
        return (new Guid(bytes.AsSpan(0, 16)), (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(16)));
    }

    /// <summary>Starts a session. The events follow on the same connection.</summary>
    /// <param name="stream">The connection.</param>
    /// <param name="providers">What to record.</param>
    /// <param name="bufferMiB">Room for events that have not been read yet.</param>
    /// <param name="withStacks">
    /// Whether the runtime walks the stack of the thread that writes an event, which takes longer than the rest of the event. Runtimes
    /// before .NET 9 know of no other session.
    /// </param>
    /// <param name="token">Ends the wait for the answer.</param>
    /// <returns>The session's number.</returns>
    /// <exception cref="NotSupportedException">The runtime knows of no session without stacks.</exception>
    /// <exception cref="InvalidDataException">The runtime refuses, or answers something else.</exception>
    public static async Task<ulong> StartSessionAsync(
        Stream stream, IReadOnlyList<ProviderRequest> providers, int bufferMiB, bool withStacks, CancellationToken token)
    {
        using MemoryStream payload = new();
        using BinaryWriter writer = new(payload);
        writer.Write(bufferMiB);
        writer.Write(NetTraceFormat);
        writer.Write(false); // no rundown
        if (!withStacks)
        {
            writer.Write(false);
        }

        writer.Write(providers.Count);
        foreach (ProviderRequest provider in providers)
        {
            writer.Write(provider.Keywords);
            writer.Write((int)provider.Level);
            WriteText(writer, provider.Name);
            WriteText(writer, provider.Arguments);
        }

        writer.Flush();
        return await AskAsync(stream, withStacks ? CollectTracing2 : CollectTracing3, payload.ToArray(), token).ConfigureAwait(false);
    }

    /// <summary>Stops a session, on a connection of its own. The runtime answers when the last event has been taken.</summary>
    /// <exception cref="InvalidDataException">The runtime refuses, or answers something else.</exception>
    public static Task StopSessionAsync(Stream stream, ulong session, CancellationToken token)
    {
        byte[] payload = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(payload, session);
        return AskAsync(stream, StopTracing, payload, token);
    }

    private static void WriteText(BinaryWriter writer, string? text)
    {
        if (text is null)
        {
            writer.Write(0);
            return;
        }

        writer.Write(text.Length + 1);
        writer.Write(Encoding.Unicode.GetBytes(text + '\0'));
    }

    private static async Task<ulong> AskAsync(Stream stream, byte command, byte[] payload, CancellationToken token)
    {
        byte[] message = new byte[HeaderSize + payload.Length];
        CommandMagic.CopyTo(message);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(14), checked((ushort)message.Length));
        message[16] = EventPipe;
        message[17] = command;
        payload.CopyTo(message.AsSpan(HeaderSize));
        await stream.WriteAsync(message, token).ConfigureAwait(false);

        byte[] header = new byte[HeaderSize];
        await stream.ReadExactlyAsync(header, token).ConfigureAwait(false);
        int size = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(14)) - HeaderSize;
        if (!header.AsSpan(0, CommandMagic.Length).SequenceEqual(CommandMagic) || header[16] != Server || size < 0)
        {
            throw new InvalidDataException("its runtime does not speak the diagnostics protocol");
        }

        byte[] answer = new byte[size];
        await stream.ReadExactlyAsync(answer, token).ConfigureAwait(false);
        if (header[17] != Ok || size < sizeof(ulong))
        {
            uint? code = size < sizeof(uint) ? null : BinaryPrimitives.ReadUInt32LittleEndian(answer);
            throw command == CollectTracing3 && code == UnknownCommand
                ? new NotSupportedException("its runtime knows of no session without stacks")
                : new InvalidDataException($"its runtime refuses the session{(code is null ? string.Empty : $" (0x{code:X8})")}");
        }

        return BinaryPrimitives.ReadUInt64LittleEndian(answer);
    }
}
