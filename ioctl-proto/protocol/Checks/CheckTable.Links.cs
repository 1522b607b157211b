using KernelSim.Protocol.Messages;

namespace KernelSim.Protocol.Checks;

// 46xx: links, and the hooks that they attach to.
public static partial class CheckTable
{
    /// <summary>Link: the program has code.</summary>
    public static readonly EbpfCheck LinkProgramCode = new(
        4600,
        "link.program.code",
        "A program must have code before it is attached.",
        "given is the program's code type (0: none); expected is at least 1",
        EbpfResult.InvalidArgument,
        "Load the program's code first, or load its native module.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Link: the hook has a provider.</summary>
    public static readonly EbpfCheck LinkHookProvider = new(
        4601,
        "link.hook.provider",
        "A driver must provide the attach type for programs of this program's type.",
        "given is 1 when a hook provider has the attach type's GUID and supports the program type, else 0",
        EbpfResult.ExtensionFailedToLoad,
        "Load the extension driver that provides the hook, or attach the program to a hook of its own type.")
    {
        Numbers = CheckNumbers.Presence,
    };

    /// <summary>Link: the status of the hook's provider.</summary>
    public static readonly EbpfCheck LinkHookAnswer = new(
        4602,
        "link.hook.answer",
        "The hook's provider must accept the program.",
        "given is the NTSTATUS that it returned; expected is STATUS_SUCCESS",
        EbpfResult.ExtensionFailedToLoad,
        "Give the attach data that the hook expects, or detach the program that is already attached there.")
    {
        Numbers = CheckNumbers.Status,
    };

    /// <summary>Unlink: length of the attach data.</summary>
    public static readonly EbpfCheck UnlinkDataLength = new(
        4610,
        "link.unlink.data_length",
        "Attach data to find links by must fit the field that a link's info has for them.",
        $"header.length - {UnlinkProgramRequest.TailOffset} <= 8",
        EbpfResult.InvalidArgument,
        "Send the attach data that the program was attached with, or the link's handle.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Legacy mode: the link's state.</summary>
    public static readonly EbpfCheck LinkLegacyState = new(
        4620,
        "link.legacy.state",
        "Only an attached link can be kept without a handle.",
        "given is the link's state (0 initial, 1 attaching, 2 attached, 3 detaching, 4 detached); expected is 2",
        EbpfResult.InvalidState,
        "Attach the program again: a detached link stays detached.");
}
