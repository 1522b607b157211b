using KernelSim.Protocol;
using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.UserMode;

namespace KernelSim.Tool.Bpftool.Programs;

/// <summary>
/// The words of <c>prog attach</c> and <c>prog detach</c>: a program, a hook's attach type, and the number of an interface or compartment.
/// </summary>
/// <param name="Program">The program's descriptor.</param>
/// <param name="Hook">The hook.</param>
/// <param name="Parameter">The number; 0 where there is none.</param>
internal readonly record struct ProgAttachment(int Program, AttachTypeRow Hook, uint Parameter)
{
    private const int FewestWords = 3;

    /// <summary>Reads the words, and attaches or detaches.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="words">The words after the verb.</param>
    /// <param name="action">What is done, for the complaint, such as <c>attach to</c>.</param>
    /// <param name="call">The library's call: 0, or a negative errno.</param>
    /// <returns>0, or what bpftool returns after its complaint.</returns>
    public static int Run(BpftoolContext context, WordReader words, string action, Func<Libbpf, ProgAttachment, int> call)
    {
        int result = Read(context, words, out ProgAttachment attachment);
        if (result != 0)
        {
            return result;
        }

        result = call(context.Kernel.Library, attachment);
        if (result != 0)
        {
            context.Output.FailCall($"failed prog {action} '{attachment.Hook.Section}'", result);
            result = -(int)Errno.EINVAL;
        }

        context.Kernel.Close(attachment.Program);
        return result == 0 ? context.Output.Done() : result;
    }

    private static int Read(BpftoolContext context, WordReader words, out ProgAttachment attachment)
    {
        attachment = default;
        if (!words.Require(FewestWords))
        {
            return -(int)Errno.EINVAL;
        }

        int result = ObjectSelector.ForPrograms(context).OpenOne(words, out int fd);
        if (result != 0)
        {
            return result;
        }

        AttachTypeRow? hook = AttachTypeTable.All.ToArray().FirstOrDefault(r => r.Section == words.Current);
        if (hook is null)
        {
            context.Kernel.Close(fd);
            context.Output.Fail("invalid attach/detach type");
            return -(int)Errno.EINVAL;
        }

        words.Skip();
        uint parameter = 0;
        if (words.Current is { } word && !CNumber.TryParse(word, out parameter))
        {
            context.Kernel.Close(fd);
            context.Output.Fail($"can't parse {word} as the number of an interface or compartment");
            return -(int)Errno.EINVAL;
        }

        attachment = new ProgAttachment(fd, hook, parameter);
        return 0;
    }
}
