using KernelSim.Debugger.Commands;

namespace KernelSim.Debugger.Memory;

/// <summary>What a command that shows memory was asked for: <c>ADDRESS [L N] [/p PID]</c>.</summary>
/// <param name="Address">The simulated address.</param>
/// <param name="Count">Number of units; null for the command's default.</param>
/// <param name="Pid">The process whose memory it is; null for any.</param>
internal sealed record MemoryRequest(ulong Address, uint? Count, uint? Pid)
{
    /// <summary>How the arguments are written, for the help.</summary>
    public const string Arguments = "ADDRESS [L N] [/p PID]";

    /// <summary>The most bytes that one command shows.</summary>
    public const int MostBytes = 64 * 1024;

    private const int DefaultBytes = 128;

    /// <summary>Reads the arguments of a call.</summary>
    public static MemoryRequest Parse(ArgumentList arguments)
    {
        ulong address = arguments.RequiredAddress();
        uint? count = null;
        uint? pid = null;
        while (arguments.Word() is { } word)
        {
            if (word.Equals("/p", StringComparison.OrdinalIgnoreCase))
            {
                pid = arguments.RequiredNumber("a process id");
            }
            else if (word.StartsWith('L') || word.StartsWith('l'))
            {
                arguments = word.Length > 1 ? new ArgumentList("L", [word[1..], .. arguments.Rest()]) : arguments;
                count = arguments.RequiredNumber("a number of units after L");
            }
            else
            {
                throw new CommandException($"'{word}' given, expected {Arguments}");
            }
        }

        return new MemoryRequest(address, count, pid);
    }

    /// <summary>Reads what was asked for, as far as it can be read.</summary>
    /// <param name="call">The call, which gets a note if not all can be read.</param>
    /// <param name="memory">The machine's memory.</param>
    /// <param name="unit">Bytes of a unit.</param>
    /// <exception cref="CommandException">There is no memory at the address, or too much was asked for.</exception>
    public byte[] Read(CommandCall call, IMemoryAccess memory, int unit)
    {
        ulong wanted = Count is { } count ? count * (ulong)unit : DefaultBytes;
        if (wanted is 0 or > MostBytes)
        {
            throw new CommandException($"L {Count} given, expected 1 to {MostBytes / unit}");
        }

        byte[] bytes = new byte[wanted];
        int read = memory.Read(Address, Pid, bytes) / unit * unit;
        if (read == 0)
        {
            if (memory.Kernel.AddressOf(Address) is var simulated and not 0)
            {
                throw new CommandException($"0x{Address:x} given, a host address, expected the simulated address of that place: 0x{simulated:x}");
            }

            string of = Pid is null ? "" : $" {Pid}";
            throw new CommandException($"0x{Address:x} given, expected an address in kernel memory or in the memory of a process{of}");
        }

        if (read < bytes.Length && Count is not null)
        {
            call.Result.Note($"the memory ends after {read} bytes");
        }

        return bytes[..read];
    }
}
