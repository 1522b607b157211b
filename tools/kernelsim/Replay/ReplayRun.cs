using KernelSim.Nt;
using KernelSim.Protocol;

namespace KernelSim.Tool.Replay;

/// <summary>One run of <c>replay</c>: reads messages and provides machines for them.</summary>
/// <param name="settings">The machines to boot.</param>
/// <param name="together">True: one machine for all messages.</param>
internal sealed class ReplayRun(MachineSettings settings, bool together)
{
    /// <summary>Larger than any message that the device could accept; reading a device file of the host could go on forever.</summary>
    private const int LargestFile = 16 << 20;

    private readonly List<string> _leaks = [];
    private ReplayMachine? _shared;

    /// <summary>Sends the message in a file.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="outcome">The outcome, if it was sent.</param>
    /// <returns>Why it was not sent; otherwise null.</returns>
    public Failure? Send(string file, out ReplayOutcome? outcome)
    {
        outcome = null;
        byte[] bytes;
        try
        {
            bytes = ReadAtMost(file, LargestFile + 1);
        }
        catch (Exception exception) when (Failure.FromHost(file, "a recorded message", exception) is { } failure)
        {
            return failure;
        }

        if (bytes.Length > LargestFile || RecordedMessage.TryParse(file, bytes) is not { } message)
        {
            string given = bytes.Length > LargestFile ? $"more than {LargestFile}" : $"{bytes.Length}";
            return new Failure(
                $"'{file}' given with {given} bytes, expected a recorded message of {RecordedMessage.PrefixBytes} to {LargestFile}: "
                + "the length of its reply buffer, then the request");
        }

        try
        {
            outcome = Send(message);
            return null;
        }
        catch (BugcheckException stop)
        {
            return new Failure($"'{file}' stopped the machine: {stop.Message}", Errno.EIO);
        }
    }

    /// <summary>Ends the run.</summary>
    /// <returns>What machines leaked at shutdown; null if nothing.</returns>
    public Failure? Finish()
    {
        if (_shared is not null)
        {
            _leaks.AddRange(_shared.Shutdown());
            _shared.Dispose();
        }

        return _leaks.Count == 0 ? null : Failure.Leaks(_leaks);
    }

    private ReplayOutcome Send(RecordedMessage message)
    {
        if (together)
        {
            _shared ??= ReplayMachine.SetUp(settings);
            return _shared.Send(message);
        }

        using ReplayMachine machine = ReplayMachine.SetUp(settings);
        ReplayOutcome outcome = machine.Send(message);
        _leaks.AddRange(machine.Shutdown());
        return outcome;
    }

    private static byte[] ReadAtMost(string file, int limit)
    {
        using FileStream stream = File.OpenRead(file);
        using MemoryStream bytes = new();
        byte[] buffer = new byte[1 << 16];
        int read;
        while (bytes.Length < limit && (read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, limit - bytes.Length))) > 0)
        {
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }
}
