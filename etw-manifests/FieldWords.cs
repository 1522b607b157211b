using System.Collections.Frozen;

namespace KernelSim.Tracing;

/// <summary>
/// The meaning of each field of an event, in plain words. <c>events.md</c> is generated from it, and tools show it. A
/// field with the same meaning everywhere has one row under its name; for an event with a meaning of its own, the row is
/// <c>Event.field</c>. A new field without a row fails the tests.
/// </summary>
public static class FieldWords
{
    private static readonly FrozenDictionary<string, string> s_rows = new Dictionary<string, string>
    {
        ["requestId"] = "the API call or request that this belongs to; 0 outside one",
        ["processor"] = "the simulated CPU that it happened on; -1 in user mode",
        ["sequence"] = "its number among the events of its level and keywords that this provider wrote in this host process",

        ["access"] = "read or write",
        ["address"] = "start of the memory, as seen by the writer of the event",
        ["administrator"] = "whether the process has an administrator's token: 1 yes, 0 no",
        ["attachType"] = "the attach type by its section name; its GUID if it has none",
        ["bytes"] = "how many bytes",
        ["check"] = "the check, by the id that `kernelsim explain` knows",
        ["code"] = "the bugcheck code, a number as in the WDK",
        ["consumer"] = "how far the ring has been read, in bytes since it was made",
        ["count"] = "how many elements the program asks for",
        ["ApiCallStop.count"] = "how many elements were done",
        ["cpus"] = "how many CPUs have a value of their own",
        ["MachineStart.cpus"] = "how many processors the machine can have",
        ["dataBytes"] = "bytes of attach data",
        ["descriptor"] = "the file descriptor that the program named; -1 if the call takes none",
        ["destination"] = "the address written to",
        ["element"] = "which element of the batch, from 0; -1: a whole message",
        ["elementsPerMessage"] = "how many elements fit one message of the protocol",
        ["epoch"] = "the epoch whose readers must leave before the memory is freed",
        ["engine"] = "how it ran: compiled, or by the name of another engine",
        ["errno"] = "the errno by name; empty or `0` on success",
        ["exitStatus"] = "how the process ended, an NTSTATUS by name",
        ["expected"] = "the number that the check expected",
        ["freedBlocks"] = "how many blocks of memory went back to pool",
        ["function"] = "the library's function, in its C spelling",
        ["given"] = "the number that the check was given",
        ["handle"] = "the handle's value in its process",
        ["heap"] = "how the process's heap is laid out: packed or guarded",
        ["helper"] = "the helper, by the name that programs call it",
        ["information"] = "bytes of the reply",
        ["inputLength"] = "bytes of the request",
        ["instruction"] = "which slot of the program, from 0; -1 for a program that has no instructions",
        ["keySize"] = "bytes of a key",
        ["leaks"] = "the number of leaks in the shutdown report",
        ["length"] = "bytes to be accessed",
        ["lost"] = "records that the ring has lost so far; 0 in a ring buffer, which does not count them",
        ["line"] = "the source line: file, number, and its text in quotation marks; empty if it is not known",
        ["linkId"] = "the link's id",
        ["mapId"] = "the map's id",
        ["maxEntries"] = "the most entries that the map takes",
        ["name"] = "its name",
        ["objectType"] = "the kind of kernel object behind the handle",
        ["offset"] = "where the record begins, in bytes since the ring was made",
        ["operation"] = "the operation of the protocol, by name",
        ["outputLength"] = "bytes of room for the reply",
        ["p1"] = "the bugcheck's first parameter",
        ["p2"] = "the bugcheck's second parameter",
        ["p3"] = "the bugcheck's third parameter",
        ["p4"] = "the bugcheck's fourth parameter",
        ["passed"] = "1: the request went on, 0: it was refused here",
        ["possibleCpus"] = "how many possible CPUs the library counts",
        ["processId"] = "the simulated process",
        ["producer"] = "how far the ring has been written, in bytes since it was made",
        ["program"] = "the program's name",
        ["programId"] = "the program's id; 0 for code that a tool runs without a program",
        ["proposal"] = "the oldest epoch that a reader is in, as far as the processors have been asked",
        ["published"] = "the epoch that new readers enter from now on",
        ["released"] = "the last epoch that no reader is in any more",
        ["result"] = "the driver's result (`ebpf_result_t`) by name",
        ["ApiCallStop.result"] = "what the function returned: 0 or a descriptor, else a negative errno",
        ["register"] = "the register that was written; -1: none",
        ["ring"] = "which ring of the map: 0, or the CPU of a perf event array",
        ["HookInvoke.result"] = "what the program returned",
        ["routine"] = "the deferred procedure's name",
        ["seed"] = "the seed of the machine's random numbers: the same seed repeats the run",
        ["site"] = "the code that refused, or that touched the memory",
        ["slot"] = "which CPU's slot of the value; -1: all of them",
        ["source"] = "the address read from",
        ["stage"] = "where on its way the copy is: Marshal, BufferIn, MapStore, MapFetch, BufferOut or Unmarshal",
        ["status"] = "the NTSTATUS by name; `none` if the kernel was not called",
        ["HookInvoke.status"] = "whether the program ran: the driver's result by name",
        ["stride"] = "bytes from one CPU's value to the next",
        ["tag"] = "the pool tag, its four characters",
        ["text"] = "the bugcheck code by name, and further details if there are any",
        ["total"] = "bytes of one element's value, all CPUs",
        ["type"] = "the map type, by bpftool's name",
        ["value"] = "what the register holds afterwards",
        ["valueSize"] = "bytes of one CPU's value",
        ["version"] = "the library that marshals: checked, upstream or before-3564",
        ["waiting"] = "how many blocks and work items still wait on this processor for readers to leave",
        ["what"] = "what was compared",
        ["ApplicationBuffer.what"] = "which argument the buffer is for",
        ["ApplicationBuffer.bytes"] = "what is left of the heap block from the address on",
        ["section"] = "the section of the file that the program was compiled from",
        ["programType"] = "the program type by name; its GUID if it has none",
        ["codeType"] = "the kind of code: Jit, Ebpf or Native",
        ["returnValue"] = "what the program returned, or the last of those that followed it by tail call",
        ["tailCalls"] = "how many tail calls the invocation took",
        ["index"] = "the slot that was asked for",
        ["next"] = "the id of the program that will run next; 0 for none",
        ["repeat"] = "how often the program is to run",
        ["batchSize"] = "runs after which it enters a new epoch",
        ["durationNs"] = "host time of one run on average, in nanoseconds",
        ["module"] = "the native module's id, a GUID",
        ["maps"] = "how many maps the module declares",
        ["programs"] = "how many programs the module declares",
        ["Instruction.text"] = "the instruction, disassembled",
        ["ProgramFault.text"] = "what it did, where, and what memory is near",
        ["ProgramRefusal.text"] = "the instruction, and what was given and expected",
        ["Printk.text"] = "the line, formatted",
        ["win32"] = "the Win32 error by name",
        ["work"] = "the deferred work, by the name of its type; `Synchronize`: a program waits for it",
    }.ToFrozenDictionary();

    /// <summary>The rows: <c>field</c> or <c>Event.field</c>.</summary>
    public static IEnumerable<string> Rows => s_rows.Keys;

    /// <summary>The meaning of a field of an event; null if it is unknown.</summary>
    /// <param name="eventName">Name of the event, such as <c>ApiCallStop</c>.</param>
    /// <param name="field">Name of the field, such as <c>count</c>.</param>
    public static string? Of(string eventName, string field) =>
        s_rows.GetValueOrDefault($"{eventName}.{field}") ?? s_rows.GetValueOrDefault(field);
}
