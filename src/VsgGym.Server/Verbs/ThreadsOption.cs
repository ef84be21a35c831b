using System.CommandLine;

namespace VsgGym.Server.Verbs;

/// <summary>--threads N: how many threads one update of a learner may use.</summary>
internal static class ThreadsOption
{
    /// <summary>Makes the option.</summary>
    public static Option<int> Create()
    {
        var option = new Option<int>("--threads") { Description = "Threads that one update may use; more than 1 pays for one run alone on an idle machine. The results do not depend on it", DefaultValueFactory = _ => 1, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, out int n) && n >= 1)) result.AddError("--threads: must be a whole number of at least 1");
        });
        return option;
    }
}
