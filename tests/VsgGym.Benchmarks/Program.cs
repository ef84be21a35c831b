using VsgGym.Benchmarks;

// Every time is shown as a ratio to a reference measured in the same run: run it on an idle machine.
//   dotnet run -c Release --project tests/VsgGym.Benchmarks
await RoundTrip.RunAsync();
StepKernel.Run();
