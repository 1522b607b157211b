using KernelSim.ObjectFiles;
using KernelSim.TraceAnalysis;

namespace KernelSim.Tool.Tour.Facts;

/// <summary>How the C program of the tour got into the kernel.</summary>
/// <param name="Source">Its source file.</param>
/// <param name="ObjectBytes">Size of the object file.</param>
/// <param name="File">What the object file has.</param>
/// <param name="Program">The program.</param>
/// <param name="Requests">The library's calls that loaded and attached it for the first application, from the trace.</param>
internal sealed record ObjectProgramFacts(
    string Source, int ObjectBytes, BpfObjectFile File, ObjectProgram Program, IReadOnlyList<RequestView> Requests)
{
    /// <summary>The control requests of those calls, in the order of time.</summary>
    public IEnumerable<(RequestView Call, IoctlView Request)> Steps => Requests.SelectMany(call => call.Ioctls.Select(ioctl => (call, ioctl)));

    /// <summary>The slots that the story shows: the first look-up in a map, and what follows it up to the next jump.</summary>
    public IEnumerable<int> Excerpt
    {
        get
        {
            int at = Program.MapReferences[0].Instruction;
            for (; at < Program.Instructions.Length && !IsJump(at); at += Program.Instructions[at].IsWide ? 2 : 1)
            {
                yield return at;
            }
        }
    }

    private bool IsJump(int at)
    {
        const byte jumpAlways = 0x05;
        const byte exit = 0x95;
        return Program.Instructions[at].Opcode is jumpAlways or exit;
    }
}
