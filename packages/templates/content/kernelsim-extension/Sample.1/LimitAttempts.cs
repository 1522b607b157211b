using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Programs;
using KernelSim.Nt.Images;

namespace SampleNamespace;

/// <summary>A module with a program of the extension's type: it refuses a login after too many attempts.</summary>
public static class LimitAttempts
{
    /// <summary>The path of the module's file on the machine.</summary>
    public const string FileName = "limitattempts.sys";

    /// <summary>The module as a file to install on a machine.</summary>
    public static DriverImage Image => NativeModuleImage.Compile(typeof(LimitAttempts), FileName);

    /// <summary>Returns 1 to let the user in, 0 to refuse. It asks the helper of the program type for the limit.</summary>
    [EbpfProgram("login/limit", Name = "limit", ProgramType = LoginProgramType.Type, AttachType = LoginHook.AttachType,
        Helpers = [LoginProgramType.AttemptLimit])]
    public static uint Limit(EbpfProgramContext context)
    {
        ulong limit = context.Call.Invoke(LoginProgramType.AttemptLimit);
        return context.ContextAs<LoginContext>().Attempts < limit ? 1u : 0u;
    }
}
