using KernelSim.Protocol;
using KernelSim.Tool.Bpftool.Arguments;

namespace KernelSim.Tool.Bpftool;

/// <summary>Pins an object: the common part of <c>pin</c>.</summary>
internal static class ObjectPin
{
    private const int Words = 3;

    /// <summary>Runs the command.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="words">Two words that select, and the path.</param>
    /// <param name="selector">Selects the object.</param>
    public static int Run(BpftoolContext context, WordReader words, ObjectSelector selector)
    {
        if (!words.Require(Words))
        {
            return -(int)Errno.EINVAL;
        }

        int result = selector.OpenOne(words, out int fd);
        if (result != 0)
        {
            return result;
        }

        result = Pin(context, fd, words.Current!);
        context.Kernel.Close(fd);
        return result == 0 ? context.Output.Done() : result;
    }

    /// <summary>Pins an object at a path.</summary>
    /// <returns>0, or the errno, negated, after a complaint.</returns>
    public static int Pin(BpftoolContext context, int fd, string path)
    {
        int result = context.Kernel.Pin(fd, path);
        if (result != 0)
        {
            context.Output.FailCall($"can't pin the object ({path})", result);
        }

        return result;
    }
}
