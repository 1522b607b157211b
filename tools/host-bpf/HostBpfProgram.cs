using System.ComponentModel;

namespace KernelSim.HostBpf;

/// <summary>A program in the host's own kernel, to be run by test runs alone.</summary>
public sealed unsafe class HostBpfProgram : IDisposable
{
    private const int ProgramLoad = 5;
    private const int ProgramTestRun = 10;

    private readonly int _fd;

    private HostBpfProgram(int fd)
    {
        _fd = fd;
    }

    /// <summary>Loads a program.</summary>
    /// <param name="type">Its type. Linux waits for all CPUs in a test run of several runs of an XDP program, not of a socket filter.</param>
    /// <param name="instructions">See <see cref="BpfInstruction"/>.</param>
    /// <exception cref="Win32Exception">The host kernel refuses, as its verifier does to programs that it cannot prove safe.</exception>
    public static HostBpfProgram Load(HostProgramType type, ReadOnlySpan<ulong> instructions)
    {
        fixed (ulong* i = instructions)
        fixed (byte* license = "GPL\0"u8)
        {
            ProgramLoadAttributes attributes = new()
            {
                ProgramType = (uint)type,
                InstructionCount = (uint)instructions.Length,
                Instructions = (ulong)i,
                License = (ulong)license,
            };
            int fd = HostSystemCalls.Bpf(ProgramLoad, &attributes, sizeof(ProgramLoadAttributes));
            return fd >= 0 ? new HostBpfProgram(fd) : throw new Win32Exception(-fd);
        }
    }

    /// <summary>bpf_prog_test_run: runs it on a packet.</summary>
    /// <param name="packet">The packet, 14 bytes or more.</param>
    /// <param name="repeat">How often, in one call.</param>
    /// <param name="returnValue">What the last run returned.</param>
    /// <returns>0 or -errno.</returns>
    public int TestRun(ReadOnlySpan<byte> packet, int repeat, out uint returnValue)
    {
        fixed (byte* data = packet)
        {
            TestRunAttributes attributes = new()
            {
                ProgramFd = (uint)_fd,
                DataIn = (ulong)data,
                DataSizeIn = (uint)packet.Length,
                Repeat = (uint)repeat,
            };
            int result = HostSystemCalls.Bpf(ProgramTestRun, &attributes, sizeof(TestRunAttributes));
            returnValue = attributes.ReturnValue;
            return result;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => HostSystemCalls.Close(_fd);
}
