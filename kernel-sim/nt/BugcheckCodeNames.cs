using System.Text.Json;

namespace KernelSim.Nt;

/// <summary>Stop codes as bugcodes.h spells them.</summary>
internal static class BugcheckCodeNames
{
    /// <summary>The name: <c>KMODE_EXCEPTION_NOT_HANDLED</c>.</summary>
    public static string NameOf(BugcheckCode code) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(code.ToString());

    /// <summary>Name and number: <c>KMODE_EXCEPTION_NOT_HANDLED (0x1E)</c>.</summary>
    public static string FullNameOf(BugcheckCode code) => $"{NameOf(code)} (0x{(uint)code:X})";
}
